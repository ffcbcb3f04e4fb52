-- Business processes: which stages records of a type go through, and which field says where they are.
create table business_process (
    id          uuid primary key,
    record_type text        not null,
    name        text        not null,
    field       text        not null,
    stages      jsonb       not null,     -- [{code, label}], in order
    created_at  timestamptz not null
);
create unique index business_process_name on business_process (record_type, lower(name));

-- One to begin with; administrators change it or add others.
insert into business_process (id, record_type, name, field, stages, created_at)
values ('00000000-0000-7000-8000-000000000001', 'OPPORTUNITY', 'sales', 'stage',
    '[{"code": "PROSPECTING", "label": "Prospecting"}, {"code": "ENGAGING", "label": "Engaging"},
      {"code": "PROPOSAL", "label": "Proposal"}, {"code": "CLOSING", "label": "Closing"}]', '2026-01-01T00:00:00Z');
