-- Receivers elsewhere that are told what happens to enrollments.
create table webhook (
    id            uuid primary key,
    url           text        not null,
    events        text[]      not null, -- empty: every event
    secret        text        not null, -- encrypted
    enabled       boolean     not null,
    created_at    timestamptz not null,
    failures      int         not null default 0, -- how often in a row it could not be reached
    failing_since timestamptz,
    paused_until  timestamptz,
    last_error    text
);

-- One event for one webhook, stored in the transaction of the change. No foreign key: deleting a webhook must not make a
-- step fail that is just telling it something.
create table webhook_delivery (
    id            bigint generated always as identity primary key,
    webhook_id    uuid        not null,
    event_id      uuid        not null,
    event         text        not null,
    enrollment_id uuid,       -- null: belongs to no order
    body          text        not null,
    at            timestamptz not null,
    state         text        not null, -- PENDING, DELIVERED, GIVEN_UP
    tries         int         not null default 0,
    next_try_at   timestamptz not null,
    claimed_until timestamptz, -- real time
    finished_at   timestamptz,
    status        int,
    error         text
);
create index webhook_delivery_due on webhook_delivery (webhook_id, next_try_at, id) where state = 'PENDING';
create index webhook_delivery_order on webhook_delivery (webhook_id, enrollment_id, id) where state = 'PENDING';
create index webhook_delivery_list on webhook_delivery (webhook_id, id desc);
create index webhook_delivery_old on webhook_delivery (at);

insert into cache_version (topic, version) values ('webhooks', 0);
