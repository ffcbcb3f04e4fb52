-- When automated texts of the sequence may leave, as with mails; null: always.
alter table text_message add column send_window jsonb;
