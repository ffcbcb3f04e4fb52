-- One running import of a file. Its rows wait here until their chunk is done, so that an import survives a restart.
create table record_import (
    id uuid primary key,
    operation_id uuid,
    created_at timestamptz not null
);
create index record_import_operation on record_import (operation_id);

create table import_row (
    import_id uuid not null references record_import on delete cascade,
    number int not null, -- line of data in the file, from 1
    cells json not null, -- json and not jsonb: kept as it came
    primary key (import_id, number)
);

-- What a dry run would have made of the rows so far, by their key: repeated keys are counted as the real run would.
create table import_draft (
    import_id uuid not null references record_import on delete cascade,
    key text not null,
    record jsonb not null,
    primary key (import_id, key)
);

-- Accounts and contacts are looked up by name, and lists are sorted by it.
create index crm_record_name on crm_record (type, lower(name collate "und-x-icu"), id);
