-- Mail: mailboxes, templates, the queue of mails to send, what happened to them, and what came in.

create table mailbox (
    id              uuid primary key,
    address         text        not null,
    name            text,
    owner           uuid,                              -- null: shared
    smtp            jsonb       not null,              -- host, port, user, tls, auth; no secret
    smtp_password   text,                              -- encrypted
    imap            jsonb,
    imap_password   text,                              -- encrypted
    -- Stopped: the server refused the log-in or the sender; a person has to put it right.
    stopped         boolean     not null default false,
    error           text,
    -- Cannot be reached: asked again at that time.
    paused_until    timestamptz,
    failures        integer     not null default 0,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    version         bigint      not null default 0
);
create unique index mailbox_address on mailbox (lower(address));
create index mailbox_owner on mailbox (owner);

create table mail_template (
    id          uuid primary key,
    name        text        not null,
    language    text        not null,
    record_type text        not null,
    subject     text        not null,
    html        text        not null,
    text        text,
    updated_at  timestamptz not null,
    version     bigint      not null default 0
);
create unique index mail_template_key on mail_template (lower(name), language);

create table mail (
    id                uuid primary key,
    step_run          uuid        not null,
    enrollment        uuid        not null,
    step_id           text        not null,
    record            uuid        not null,
    -- What was asked for
    sender            uuid,
    asked_mailbox     uuid,
    template          text,
    language          text,
    written_subject   text,
    written_html      text,
    reply_to_step_run uuid,
    reply_to_address  text,
    cc                text[]      not null default '{}',
    bcc               text[]      not null default '{}',
    track_opens       boolean     not null,
    track_clicks      boolean     not null,
    unsubscribe_link  boolean     not null,
    -- Where it stands
    state             text        not null,
    mailbox           uuid,
    queued_at         timestamptz not null,
    next_attempt_at   timestamptz not null,
    held              boolean     not null default false,  -- the enrollment is paused: asked again, but nothing is due
    attempts          integer     not null default 0,
    claimed_by        integer,
    claimed_at        timestamptz,
    sent_at           timestamptz,
    error             text,
    -- What left, stored before it leaves
    message_id        text,
    in_reply_to       text,
    mail_references   text,
    from_address      text,
    to_address        text,
    subject           text,
    html              text,
    text              text,
    constraint mail_state check (state in
        ('QUEUED', 'CLAIMED', 'SENT', 'REFUSED', 'BOUNCED', 'FAILED', 'UNCERTAIN', 'CANCELLED'))
);
create unique index mail_step_run on mail (step_run);
create unique index mail_message_id on mail (message_id);
-- By mailbox, so that the queue of one that is stopped is never read through to find what others may send.
create index mail_due on mail (mailbox, next_attempt_at, id) where state = 'QUEUED' and not held;
create index mail_held on mail (next_attempt_at) where state = 'QUEUED' and held;
create index mail_claimed on mail (claimed_by) where state = 'CLAIMED';
create index mail_uncertain on mail (claimed_at, id) where state = 'UNCERTAIN';
create index mail_enrollment on mail (enrollment);
create index mail_record on mail (record);
-- Answers without any thread header are matched by address and recent mail.
create index mail_sent_to on mail (lower(to_address), sent_at desc) where state = 'SENT';

create table mail_event (
    id          bigint generated always as identity primary key,
    mail        uuid        not null,
    step_run    uuid        not null,
    enrollment  uuid        not null,
    step_id     text        not null,
    record      uuid        not null,
    kind        text        not null,
    at          timestamptz not null,
    human       boolean     not null,
    refusal     text,
    detail      text,
    snippet     text,
    -- What caused it (a received mail, a link): the same cause counts once, however often it is seen.
    source      text,
    times       integer     not null default 1,
    applied_at  timestamptz,
    next_try_at timestamptz not null,
    tries       integer     not null default 0,
    error       text
);
create unique index mail_event_source on mail_event (mail, kind, source) where source is not null;
create index mail_event_unapplied on mail_event (id) where applied_at is null;
create index mail_event_unapplied_of on mail_event (enrollment, id) where applied_at is null;
create index mail_event_step_run on mail_event (step_run);
create index mail_event_mail on mail_event (mail);

create table mail_link (
    id   bigint generated always as identity primary key,
    hash bytea not null,
    url  text  not null
);
create unique index mail_link_hash on mail_link (hash);

create table suppression (
    id     uuid primary key,
    value  text        not null,                       -- an address or a domain, lower case
    reason text        not null,
    detail text,
    at     timestamptz not null,
    by_name text
);
create unique index suppression_value on suppression (value);

create table mailbox_cursor (
    mailbox      uuid primary key references mailbox on delete cascade,
    uid_validity bigint,
    last_uid     bigint      not null default 0,
    next_poll_at timestamptz not null,
    failures     integer     not null default 0,
    error        text
);

create table inbound_mail (
    id           uuid primary key,
    mailbox      uuid        not null,
    uid_validity bigint      not null,
    uid          bigint      not null,
    -- Message-ID, date, sender and subject: the same message under a new UIDVALIDITY is the same message.
    fingerprint  bytea       not null,
    received_at  timestamptz not null,
    raw          bytea,                                -- taken away where the mail concerns nobody
    truncated    boolean     not null default false,
    state        text        not null,
    class        text,
    mail         uuid,
    matched_by   text,
    from_address text,
    subject      text,
    snippet      text,
    tries        integer     not null default 0,
    next_try_at  timestamptz not null,
    error        text,
    constraint inbound_mail_state check (state in ('STORED', 'APPLIED', 'KEPT'))
);
create unique index inbound_mail_uid on inbound_mail (mailbox, uid_validity, uid);
create unique index inbound_mail_fingerprint on inbound_mail (mailbox, fingerprint);
create index inbound_mail_stored on inbound_mail (next_try_at, id) where state = 'STORED';
create index inbound_mail_kept on inbound_mail (received_at desc, id) where state = 'KEPT';
create index inbound_mail_mail on inbound_mail (mail);
