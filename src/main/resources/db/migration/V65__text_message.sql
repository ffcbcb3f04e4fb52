-- Text messages: the gateway, templates, the queue of texts to send, what happened to them, and what came in.

-- One gateway for the organisation; without a row texts cannot be sent.
create table text_gateway (
    only_row     boolean primary key default true check (only_row),
    account_sid  text        not null,
    auth_token   text        not null,                 -- encrypted
    sender       text        not null,                 -- a number, a name, or the id of a messaging service
    base_url     text        not null,
    -- Stopped: it refused the log-in or the sender; a person has to put it right.
    stopped      boolean     not null default false,
    error        text,
    -- Cannot be reached, or asked for patience: tried again at that time.
    paused_until timestamptz,
    failures     integer     not null default 0,
    updated_at   timestamptz not null,
    version      bigint      not null default 0
);

create table text_template (
    id          uuid primary key,
    name        text        not null,
    language    text        not null,
    record_type text        not null,
    text        text        not null,
    updated_at  timestamptz not null,
    version     bigint      not null default 0
);
create unique index text_template_key on text_template (lower(name), language);

create table text_message (
    id              uuid primary key,
    step_run        uuid        not null,
    enrollment      uuid        not null,
    step_id         text        not null,
    record          uuid        not null,
    -- What was asked for
    sender          uuid,
    template        text,
    language        text,
    written         text,
    -- Where it stands
    state           text        not null,
    queued_at       timestamptz not null,
    next_attempt_at timestamptz not null,
    held            boolean     not null default false, -- the enrollment is paused: asked again, but nothing is due
    attempts        integer     not null default 0,
    claimed_by      integer,
    claimed_at      timestamptz,
    sent_at         timestamptz,
    error           text,
    -- What left, stored before it leaves
    to_number       text,
    text            text,
    -- What the gateway calls it, and how far it says it got
    gateway_id      text,
    delivery        text,
    constraint text_message_state check (state in
        ('QUEUED', 'CLAIMED', 'SENT', 'REFUSED', 'FAILED', 'UNCERTAIN', 'CANCELLED'))
);
create unique index text_message_step_run on text_message (step_run);
create unique index text_message_gateway_id on text_message (gateway_id);
create index text_message_due on text_message (next_attempt_at, id) where state = 'QUEUED' and not held;
create index text_message_held on text_message (next_attempt_at) where state = 'QUEUED' and held;
create index text_message_claimed on text_message (claimed_by) where state = 'CLAIMED';
create index text_message_uncertain on text_message (claimed_at, id) where state = 'UNCERTAIN';
create index text_message_enrollment on text_message (enrollment);
create index text_message_record on text_message (record);
-- Answers name nothing but the number.
create index text_message_to on text_message (to_number, claimed_at desc) where to_number is not null;

create table text_event (
    id           bigint generated always as identity primary key,
    text_message uuid        not null,
    step_run     uuid        not null,
    enrollment   uuid        not null,
    step_id      text        not null,
    record       uuid        not null,
    kind         text        not null,
    at           timestamptz not null,
    refusal      text,
    detail       text,
    applied_at   timestamptz,
    next_try_at  timestamptz not null,
    tries        integer     not null default 0,
    error        text
);
create index text_event_unapplied on text_event (id) where applied_at is null;
create index text_event_unapplied_of on text_event (enrollment, id) where applied_at is null;
create index text_event_text on text_event (text_message);
create index text_event_step_run on text_event (step_run);

-- What the gateway told the webhook: delivery states and received texts.
create table text_inbound (
    id           bigint generated always as identity primary key,
    key          text        not null,                 -- the same thing told twice is stored once
    kind         text        not null,
    text_message uuid,
    gateway_id   text        not null,
    from_number  text,
    status       text,
    error_code   text,
    body         text,
    at           timestamptz not null,
    matched      boolean,                              -- whether it concerned one of our texts
    applied_at   timestamptz,
    next_try_at  timestamptz not null,
    tries        integer     not null default 0,
    error        text,
    constraint text_inbound_kind check (kind in ('STATUS', 'MESSAGE', 'STOP', 'START'))
);
create unique index text_inbound_key on text_inbound (key);
create index text_inbound_unapplied on text_inbound (id) where applied_at is null;
create index text_inbound_number on text_inbound (from_number, id) where from_number is not null;
