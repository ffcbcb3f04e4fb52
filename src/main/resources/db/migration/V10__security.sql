-- People, what they may do, how they log in, and what they changed.

create table unit (
    id uuid primary key,
    name text not null,
    parent uuid references unit (id),
    created_at timestamptz not null
);
create unique index unit_name on unit (lower(name));
create index unit_parent on unit (parent);

create table app_user (
    id uuid primary key,
    username text not null unique, -- always lower case
    name text not null,
    email text not null,
    unit uuid not null references unit (id),
    roles text[] not null,
    locale text,
    time_zone text,
    password_hash text not null,
    credentials_version integer not null default 1, -- counts password changes: older sessions end
    active boolean not null default true,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index app_user_unit on app_user (unit);

create table team (
    id uuid primary key,
    name text not null,
    unit uuid not null references unit (id),
    created_at timestamptz not null
);
create unique index team_name on team (lower(name));

create table team_member (
    team uuid not null references team (id) on delete cascade,
    app_user uuid not null references app_user (id),
    primary key (team, app_user)
);
create index team_member_user on team_member (app_user);

create table api_key (
    id uuid primary key,
    app_user uuid not null references app_user (id),
    name text not null,
    prefix text not null,
    key_hash bytea not null unique, -- SHA-256; the key itself has 256 random bits and is never stored
    created_at timestamptz not null,
    expires_at timestamptz,
    last_used_at timestamptz
);
create index api_key_user on api_key (app_user, created_at);

create table audit (
    id uuid primary key,
    at timestamptz not null,
    app_user uuid, -- no reference: the log outlives everything
    actor text not null,
    action text not null,
    subject text not null,
    before jsonb,
    after jsonb
);
create index audit_at on audit (at, id);
create index audit_subject on audit (subject, at);
create index audit_action on audit (action, at);
create index audit_user on audit (app_user, at);

create table setting (
    name text primary key,
    value jsonb not null,
    updated_at timestamptz not null
);

-- Counts changes of what nodes keep in memory, so that each notices the changes of the others.
create table cache_version (
    topic text primary key,
    version bigint not null
);
insert into cache_version (topic, version) values ('directory', 0), ('settings', 0);

-- Failed log-ins per address and per user name at an address; keys are hashes of bounded length.
create table login_attempt (
    key text primary key,
    failures integer not null,
    since timestamptz not null,
    locked_until timestamptz,
    succeeded_at timestamptz
);
create index login_attempt_since on login_attempt (since);

-- Answers kept for requests that carry an Idempotency-Key; a row without a status is in flight.
create table idempotency_key (
    app_user uuid not null,
    key text not null,
    path text not null,
    request_hash bytea not null,
    status integer,
    headers jsonb,
    body bytea, -- encrypted: an answer may hold a new API key
    created_at timestamptz not null,
    primary key (app_user, key, path)
);
create index idempotency_key_created on idempotency_key (created_at);
