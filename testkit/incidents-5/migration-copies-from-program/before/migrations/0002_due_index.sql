-- Synthetic, inert fixture written from public reports
create index workline_job_due on workline_job (due) where taken is null;
