-- What a received mail says beyond its class: what was written above the quotation, and until when somebody is away.
alter table inbound_mail add column body text;
alter table inbound_mail add column back_on date;

-- Of an automatic answer: the first day on which somebody is there again.
alter table mail_event add column back_on date;

-- Messages that could not be fetched: tried again apart from the others, and given up after a few times.
create table inbound_failure (
    mailbox      uuid        not null references mailbox on delete cascade,
    uid_validity bigint      not null,
    uid          bigint      not null,
    tries        integer     not null,
    next_try_at  timestamptz,                            -- null: given up
    first_at     timestamptz not null,
    error        text        not null,
    primary key (mailbox, uid_validity, uid)
);
create index inbound_failure_given_up on inbound_failure (first_at desc) where next_try_at is null;
