-- Records of all four types stand in one table: lists, filters and the work list treat them alike, and what differs
-- between the types is in the open structure of the fields.
create table crm_record (
    id uuid primary key,
    type text not null check (type in ('LEAD', 'OPPORTUNITY', 'CONTACT', 'ACCOUNT')),
    state text not null,
    owner_kind text not null check (owner_kind in ('USER', 'TEAM')),
    owner_id uuid not null,
    unit_id uuid,
    name text not null,
    email text, -- lower-cased copy of the field, for look-ups
    account_id uuid references crm_record,
    contact_id uuid references crm_record,
    fields jsonb not null,
    search text not null, -- lower-cased name, company, email and phone, one a line
    import_name text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version bigint not null
) with (fillfactor = 85);

create index crm_record_list on crm_record (type, created_at desc, id);
create index crm_record_state on crm_record (type, state);
create index crm_record_unit on crm_record (unit_id, type);
create index crm_record_owner on crm_record (owner_id);
create index crm_record_email on crm_record (email) where email is not null;
create index crm_record_account on crm_record (account_id) where account_id is not null;
create index crm_record_contact on crm_record (contact_id) where contact_id is not null;
create index crm_record_import on crm_record (type, import_name) where import_name is not null;

-- The trigram index makes the substring search fast. The extension is a trusted one, which the owner of a database may
-- create; where a server does not offer it, the search works without, only slower.
do
$$
begin
    create extension if not exists pg_trgm;
    create index crm_record_search on crm_record using gin (search gin_trgm_ops);
exception
    when others then raise notice 'No trigram index for the search of records: %', sqlerrm;
end
$$;

-- Custom fields; the standard ones are in the code.
create table record_field (
    type text not null,
    name text not null,
    label text not null,
    kind text not null,
    labels jsonb not null,
    position int not null,
    primary key (type, name)
);

-- Options of custom fields, and those added to standard ones.
create table record_field_option (
    type text not null,
    field text not null,
    code text not null,
    label text not null,
    position int not null,
    primary key (type, field, code)
);

create table timeline_entry (
    id uuid primary key,
    record_id uuid not null,
    at timestamptz not null,
    kind text not null,
    actor_id uuid,
    actor_name text not null,
    details jsonb not null
);
create index timeline_entry_record on timeline_entry (record_id, at desc, id desc);

create table saved_view (
    id uuid primary key,
    type text not null,
    owner_id uuid not null,
    name text not null,
    shared boolean not null,
    filter jsonb,
    search text,
    sort text,
    columns text[] not null,
    created_at timestamptz not null
);
create index saved_view_type on saved_view (type, name);

-- Which columns a user sees in the grid of a type, in order.
create table grid_columns (
    user_id uuid not null,
    type text not null,
    columns text[] not null,
    primary key (user_id, type)
);
