-- Background operations: what was asked, how far it is, and a result for each item.
create table operation (
    id          uuid primary key,
    kind        text        not null,
    by_user     uuid        not null,
    argument    jsonb       not null,
    state       text        not null check (state in ('RUNNING', 'DONE', 'FAILED')),
    total       integer     not null,
    done        integer     not null default 0,
    succeeded   integer     not null default 0,
    rejected    integer     not null default 0,
    counts      jsonb       not null default '{}',
    created_at  timestamptz not null,
    finished_at timestamptz
);
create index operation_running on operation (created_at) where state = 'RUNNING';

create table operation_item (
    operation_id uuid    not null references operation on delete cascade,
    n            integer not null,
    item         text    not null,
    done         boolean not null default false,
    ok           boolean,
    enrollment   text,
    problem      jsonb,
    source       json,
    primary key (operation_id, n)
);
create index operation_item_open on operation_item (operation_id, n) where not done;
create index operation_item_rejected on operation_item (operation_id, n) where done and not ok;
