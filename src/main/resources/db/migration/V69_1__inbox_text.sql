-- A conversation that holds nothing but texts has no received mail.
alter table inbox_conversation alter column inbound drop not null;
