-- Days on which the organisation does not work, beside the public holidays of its country.
create table company_holiday (
    id uuid primary key,
    name text not null,
    first_day date not null,
    last_day date not null,
    every_year boolean not null,
    created_at timestamptz not null,
    check (last_day >= first_day)
);

insert into cache_version (topic, version) values ('company_holiday', 0);
