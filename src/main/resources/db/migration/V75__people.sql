-- People who are away and who stands in for them, and how many steps a seller can do a day.

-- null: what the organisation says; 0: any number
alter table app_user add column daily_capacity integer check (daily_capacity >= 0);

create table stand_in (
    away uuid primary key references app_user (id),
    instead_kind text not null,
    instead_id uuid not null,
    until timestamptz, -- null: until somebody ends it
    created_by uuid not null,
    created_at timestamptz not null
);

-- The day a step took a place of, where its seller's days were bounded when it opened.
alter table step_run add column capacity_day date;
create index step_run_capacity on step_run (assignee_id, capacity_day) where capacity_day is not null;

-- Steps that have opened and wait for their place; gone as soon as they have one.
create table step_to_place (
    step_run uuid primary key,
    assignee uuid not null
);
create index step_to_place_assignee on step_to_place (assignee);
