-- How much mail may leave and when: limits of mailboxes, planned times, the places mails take in the caps of a day.

alter table mailbox
    add column limits  jsonb,   -- window, dailyCap, minGapSeconds, ramp; null: none
    add column warning text;    -- complaints or bounces come close to stopping it

-- The gap is kept by whoever claims, on whatever node: nothing of this mailbox leaves before.
create table mailbox_pace (
    mailbox uuid        primary key references mailbox on delete cascade,
    next_at timestamptz not null
);

alter table mail
    add column send_window   jsonb,                         -- of its sequence
    add column unplanned     boolean not null default false, -- waits for a time; the dispatcher does not see it
    add column urgent        boolean not null default false, -- a person said "now": window and gap do not count
    add column planned_at    timestamptz,
    add column planned_until timestamptz,                   -- its opening or its day ends; planned anew then
    -- The day whose cap of mailbox and user (owner's time zone) and of the organisation it takes a place in. The row is
    -- the reservation: a mail that ends without being sent gives its place back by its state.
    add column slot_day          date,
    add column organisation_day  date;

drop index mail_due;
create index mail_due on mail (mailbox, next_attempt_at, id) where state = 'QUEUED' and not held and not unplanned;
create index mail_unplanned on mail (mailbox, next_attempt_at, id) where state = 'QUEUED' and not held and unplanned;
create index mail_planned on mail (mailbox, planned_at) where state = 'QUEUED' and planned_at is not null;
create index mail_missed on mail (planned_until) where state = 'QUEUED' and planned_until is not null;
create index mail_slot on mail (mailbox, slot_day)
    where slot_day is not null and state in ('QUEUED', 'CLAIMED', 'SENT', 'BOUNCED', 'UNCERTAIN');
create index mail_organisation_slot on mail (organisation_day)
    where organisation_day is not null and state in ('QUEUED', 'CLAIMED', 'SENT', 'BOUNCED', 'UNCERTAIN');

-- The caps that the plan was made with; where they have changed everything is planned anew.
create table mail_plan_basis (
    one              boolean primary key default true check (one),
    organisation_cap integer not null,
    user_cap         integer not null
);
insert into mail_plan_basis (organisation_cap, user_cap) values (0, 0);
