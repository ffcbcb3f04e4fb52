-- What only the demo has; a history table of its own keeps it apart from the product's migrations.

-- How far the product's time is ahead of the machine's.
create table demo_clock (
    only_row boolean primary key default true check (only_row),
    ahead_millis bigint not null
);
insert into demo_clock (ahead_millis) values (0);

-- The parts of the first start that are done.
create table demo_part (
    name text primary key,
    at timestamptz not null
);

-- Mails to anybody who has no mailbox here.
create table demo_mail (
    id uuid primary key,
    n bigint generated always as identity,
    from_address text not null,
    to_address text not null,
    subject text not null,
    at timestamptz not null,
    message_id text,
    raw bytea not null
);
create index demo_mail_newest on demo_mail (n desc);
create index demo_mail_to on demo_mail (lower(to_address), n desc);
