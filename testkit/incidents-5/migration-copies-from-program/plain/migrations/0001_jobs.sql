-- Synthetic, inert fixture written from public reports
create table workline_job (
    id bigserial primary key,
    kind text not null,
    body text not null,
    due timestamptz not null default now(),
    taken timestamptz
);
