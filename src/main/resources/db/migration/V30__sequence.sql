-- A sequence and, while somebody edits it, its draft. Deleting only marks it: histories keep its name.
create table sequence (
    id             uuid primary key,
    name           text        not null,
    record_type    text        not null,
    mode           text        not null,
    state          text        not null check (state in ('INACTIVE', 'ACTIVE')),
    -- what is being edited; null: the newest version is what there is
    draft          jsonb,
    -- counts changes of the content, for ETags
    edition        bigint      not null default 1,
    -- the newest version, whether active or not
    latest_version uuid,
    latest_number  integer     not null default 0,
    owner          uuid        not null,
    unit           uuid,
    created_at     timestamptz not null,
    updated_at     timestamptz not null,
    deleted_at     timestamptz,
    check (draft is not null or latest_version is not null)
);

create index sequence_unit on sequence (unit) where deleted_at is null;
create index sequence_owner on sequence (owner) where deleted_at is null;
create index sequence_name on sequence (lower(name), id) where deleted_at is null;
create index sequence_active on sequence (state) where deleted_at is null and state = 'ACTIVE';

-- What an activation froze.
create table sequence_version (
    id                 uuid primary key,
    sequence_id        uuid        not null references sequence (id),
    number             integer     not null check (number > 0),
    definition         jsonb       not null,
    change_description text,
    activated_by       uuid        not null,
    activated_at       timestamptz not null,
    unique (sequence_id, number)
);

create function refuse_change() returns trigger language plpgsql as
$$
begin
    raise exception 'a row of % never changes', tg_table_name;
end
$$;

create trigger sequence_version_frozen
    before update or delete on sequence_version
    for each row execute function refuse_change();

-- The tree of tags; a path such as outbound/emea has at most four levels, its parents exist.
create table tag (
    id   uuid primary key,
    path text not null unique
);

-- What is tagged. A path may be unknown to the tree: a draft keeps what its author wrote.
create table sequence_tag (
    sequence_id uuid    not null references sequence (id),
    position    integer not null,
    path        text    not null,
    primary key (sequence_id, path)
);

create index sequence_tag_path on sequence_tag (path text_pattern_ops);
