-- Keys that sign mail (DKIM, RFC 6376), per sending domain and selector.

create table dkim_key (
    id          uuid primary key,
    domain      text        not null,                  -- lower case, ASCII form
    selector    text        not null,
    private_key text        not null,                  -- PKCS #8, encrypted
    public_key  text        not null,                  -- SubjectPublicKeyInfo, base64: what is published
    enabled     boolean     not null default false,
    created_at  timestamptz not null
);
create unique index dkim_key_selector on dkim_key (domain, selector);
-- One key of a domain signs at a time; the next one is published before it takes over.
create unique index dkim_key_enabled on dkim_key (domain) where enabled;
