-- A migration that waits for a lock, all others wait behind: also the beats, without which no server serves. It ends then,
-- and begins again later.
SET LOCAL lock_timeout = '500ms';
