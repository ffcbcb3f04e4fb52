-- Somebody of an account replied: enrollments of the same account that exit on that are looked for right after.
create table account_reply (
    id         bigint generated always as identity primary key,
    account_id uuid not null,
    enrollment uuid not null              -- whose reply it was
);
