-- Text messages: the demo's gateway keeps them instead of sending them.
create table demo_text (
    id uuid primary key,
    n bigint generated always as identity,
    to_number text not null,
    text text not null,
    status_url text not null,
    at timestamptz not null
);
create index demo_text_newest on demo_text (n desc);
create index demo_text_to on demo_text (to_number, n desc);
