-- An A/B test: of one step in one version of a sequence. Its row comes with the first mail, or when it is stopped before.
create table ab_test (
    version_id  uuid        not null,
    step_id     text        not null,
    sequence_id uuid        not null,
    -- How many got which version of the mail for the test's sake.
    assigned_a  integer     not null default 0,
    assigned_b  integer     not null default 0,
    -- Looks at the difference so far, and how many successes there were at the last one.
    looks       integer     not null default 0,
    looked_at   integer     not null default 0,
    ends_at     timestamptz,
    -- The kind of mail event that counts as a success.
    success     text        not null,
    winner      text        check (winner in ('A', 'B')),
    decision    text        check (decision in ('SIGNIFICANT', 'DEFAULT', 'STOPPED')),
    decided_at  timestamptz,
    decided_by  uuid,
    -- What was seen at the last look.
    delivered_a integer,
    happened_a  integer,
    delivered_b integer,
    happened_b  integer,
    p           double precision,
    level       double precision,
    primary key (version_id, step_id),
    check ((winner is null) = (decision is null)),
    check ((winner is null) = (decided_at is null))
);
create index ab_test_sequence on ab_test (sequence_id);
create index ab_test_ends on ab_test (ends_at) where winner is null;

-- Who got which version of the mail, and what became of it.
create table ab_recipient (
    step_run_id   uuid    primary key,
    enrollment_id uuid    not null,
    version_id    uuid    not null,
    step_id       text    not null,
    variant       text    not null check (variant in ('A', 'B')),
    -- Not for the test's sake: the winner, the default, or the same as on an earlier visit.
    in_test       boolean not null,
    sent_at       timestamptz,
    bounced_at    timestamptz,
    opened_at     timestamptz,
    clicked_at    timestamptz,
    replied_at    timestamptz
);
create index ab_recipient_test on ab_recipient (version_id, step_id, variant);
create index ab_recipient_enrollment on ab_recipient (enrollment_id, step_id);
create index ab_recipient_unsent on ab_recipient (version_id, step_id) where sent_at is null;

-- Something happened that may decide a test; taken away when somebody looks.
create table ab_news (
    id         bigint generated always as identity primary key,
    version_id uuid not null,
    step_id    text not null
);
