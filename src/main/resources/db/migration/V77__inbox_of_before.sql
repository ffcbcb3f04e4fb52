-- Replies that came before there was an inbox stand in it too, as read. Idempotent.
with replies as (
    select i.id, i.received_at, i.from_address, i.subject, i.snippet, m.enrollment, m.record,
        coalesce(m.sender, b.owner, r.owner_id) as owner
    from inbound_mail i
        join mail m on m.id = i.mail
        left join mailbox b on b.id = i.mailbox
        left join crm_record r on r.id = m.record
    where i.class = 'REPLY' and not exists (select 1 from inbox_message x where x.inbound = i.id)
), newest as (
    select distinct on (enrollment) * from replies where owner is not null
    order by enrollment, received_at desc, id
)
insert into inbox_conversation (id, enrollment, record, owner, received_at, inbound, from_address, subject, snippet, unread)
select gen_random_uuid(), enrollment, record, owner, received_at, id, from_address, subject, snippet, 0 from newest
on conflict (enrollment) do nothing;

insert into inbox_message (inbound, conversation)
select i.id, c.id
from inbound_mail i join mail m on m.id = i.mail join inbox_conversation c on c.enrollment = m.enrollment
where i.class = 'REPLY'
on conflict do nothing;
