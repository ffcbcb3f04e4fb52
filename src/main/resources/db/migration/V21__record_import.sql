-- One running import of a file. Its rows wait here until their chunk is done, so that an import survives a restart.
create table record_import (
    id uuid primary key, -- names the import in the argument of its operation
    type text not null,
    header text[] not null,
    rows_left int not null,
    created_at timestamptz not null
);

create table import_row (
    import_id uuid not null references record_import on delete cascade,
    number int not null, -- line of data in the file, from 1
    cells text[] not null,
    primary key (import_id, number)
);

-- What a dry run would have made of the rows so far, by their key: repeated keys are counted as the real run would.
create table import_draft (
    import_id uuid not null references record_import on delete cascade,
    key text not null,
    record jsonb not null,
    primary key (import_id, key)
);
