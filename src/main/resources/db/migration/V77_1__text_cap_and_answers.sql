-- Texts: the most of a day, leaving at once, and answers from the inbox, which belong to no step.
alter table text_message
    add column cap_day    date,                             -- the day whose cap it takes a place in
    add column urgent     boolean not null default false,   -- a person said "now": the window does not count
    add column asked_to   text,                             -- the number that wrote, where it is an answer
    add column written_by uuid,                             -- who wrote it in the inbox
    alter column step_run drop not null,
    alter column step_id drop not null;
create index text_message_cap_day on text_message (cap_day)
    where cap_day is not null and state in ('QUEUED', 'CLAIMED', 'SENT', 'UNCERTAIN');
alter table text_event
    alter column step_run drop not null,
    alter column step_id drop not null;
