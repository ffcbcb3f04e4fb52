-- Since when an enrollment is paused: what was left of its waits then is what is left of them when it is resumed.
alter table enrollment add column paused_at timestamptz;

-- A step of a paused enrollment: not worked, its timer stands still. Of a finished one: an automated step that was
-- settled meanwhile; the process goes on from it when the enrollment is resumed.
alter table step_run add column paused boolean not null default false;
create index step_run_paused on step_run (enrollment_id) where paused;
