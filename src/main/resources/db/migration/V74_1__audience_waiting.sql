-- Batches are taken in the order of records: without it in the index each one would sort everybody who waits.
drop index audience_member_waiting;
create index audience_member_waiting on audience_member (audience_id, record_id) where state = 'WAITING';

insert into cache_version (topic, version) values ('audiences', 0);
