-- What ends an enrollment does not wait behind the many events of a mailbox that sends at full speed.
create index mail_event_urgent on mail_event (enrollment)
    where applied_at is null and kind in ('REPLIED', 'UNSUBSCRIBED', 'COMPLAINED', 'BOUNCED_HARD');
