-- Synthetic, inert fixture written from public reports
begin;
set transaction read only;
set local statement_timeout = '3s';
set local lock_timeout = '1s';
set local client_min_messages = 'error';
