-- Synthetic, inert fixture written from public reports
-- Entries are never changed: corrections are new entries.
create function entry_is_final() returns trigger language plpgsql as $$
begin
    raise exception 'entries are final; book a correction instead';
end
$$;
create trigger entry_final before update or delete on entry
    for each row execute function entry_is_final();
