-- All other work waits behind a migration that waits for a lock: also the beats, without which no server serves. The migration
-- therefore ends after this time. The program begins it again later.
SET LOCAL lock_timeout = '500ms';
