-- Was the server told about a claimed mail? What it was not told about goes back into the queue when its process dies.

alter table mail add column begun boolean not null default false;
