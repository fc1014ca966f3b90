-- Synthetic, inert fixture written from public reports
alter table workline_job add column attempts integer not null default 0;
alter table workline_job add column last_error text;
