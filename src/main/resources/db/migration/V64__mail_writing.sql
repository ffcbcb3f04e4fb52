-- What people write: answers from the inbox, signatures, snippets, attachments; replies as conversations.

-- An answer written in the inbox belongs to an enrollment, but to none of its steps.
alter table mail alter column step_run drop not null;
alter table mail alter column step_id drop not null;
alter table mail_event alter column step_run drop not null;
alter table mail_event alter column step_id drop not null;
alter table mail add column asked_to text;                               -- who wrote last, where it is an answer
alter table mail add column attachments text[] not null default '{}';    -- their names, or ids
alter table mail add column written_by uuid;                             -- who wrote it in the inbox

alter table mailbox add column tracking boolean not null default true;

create table mail_signature (
    owner      uuid primary key,
    html       text        not null,
    updated_at timestamptz not null
);

create table mail_snippet (
    id         uuid primary key,
    name       text        not null,
    html       text        not null,
    owner      uuid,                                                      -- null: shared by everybody
    updated_at timestamptz not null
);
create unique index mail_snippet_name on mail_snippet (coalesce(owner, '00000000-0000-0000-0000-000000000000'), lower(name));

create table mail_attachment (
    id           uuid primary key,
    name         text        not null,
    content_type text        not null,
    size         integer     not null,
    content      bytea       not null,
    owner        uuid        not null,
    created_at   timestamptz not null
);
create unique index mail_attachment_name on mail_attachment (lower(name));
-- Already compressed for the most part
alter table mail_attachment alter column content set storage external;

-- The replies of one person in one enrollment, for whom they are meant.
create table inbox_conversation (
    id           uuid primary key,
    enrollment   uuid        not null,
    record       uuid        not null,
    owner        uuid        not null,                                    -- a user or a team
    received_at  timestamptz not null,                                    -- the newest reply
    inbound      uuid        not null,
    from_address text,
    subject      text,
    snippet      text,
    unread       integer     not null default 0,
    answered_at  timestamptz
);
create unique index inbox_conversation_enrollment on inbox_conversation (enrollment);
create index inbox_conversation_owner on inbox_conversation (owner, received_at desc, id);
create index inbox_conversation_unread on inbox_conversation (owner, received_at desc, id) where unread > 0;
create index inbox_conversation_record on inbox_conversation (record);
-- Which received mails are in it already: one message counts once.
create table inbox_message (
    inbound      uuid primary key,
    conversation uuid not null references inbox_conversation on delete cascade
);
