-- Log-in by OAuth 2: the secrets of each client, and the access token of the moment, all encrypted.

create table mailbox_oauth (
    mailbox       uuid        not null references mailbox on delete cascade,
    server        text        not null,
    client_secret text,                                -- null: a public client
    refresh_token text        not null,
    access_token  text,
    expires_at    timestamptz,
    version       bigint      not null default 0,
    primary key (mailbox, server),
    constraint mailbox_oauth_server check (server in ('SMTP', 'IMAP'))
);
