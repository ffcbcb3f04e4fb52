-- What a seller noted down to do about a reply, beside all sequences.
create table inbox_task (
    id           uuid primary key,
    conversation uuid        not null references inbox_conversation on delete cascade,
    record       uuid        not null,
    owner        uuid        not null,
    name         text        not null,
    due_at       timestamptz not null,
    created_at   timestamptz not null,
    done_at      timestamptz
);
create index inbox_task_conversation on inbox_task (conversation, due_at);
create index inbox_task_open on inbox_task (owner, due_at, id) where done_at is null;
