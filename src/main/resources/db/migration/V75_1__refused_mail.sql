-- The page of sending shows what was refused lately.
create index mail_event_refused on mail_event (at) where kind = 'REFUSED';
