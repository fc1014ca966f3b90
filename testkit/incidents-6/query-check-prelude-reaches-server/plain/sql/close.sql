-- Synthetic, inert fixture written from public reports
rollback;
