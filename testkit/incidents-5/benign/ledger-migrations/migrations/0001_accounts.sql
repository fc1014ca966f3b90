-- Synthetic, inert fixture written from public reports
create table account (
    id bigserial primary key,
    owner text not null,
    currency char(3) not null,
    opened timestamptz not null default now()
);
create table entry (
    id bigserial primary key,
    account bigint not null references account,
    amount numeric(20, 4) not null,
    booked timestamptz not null default now(),
    memo text not null default ''
);
