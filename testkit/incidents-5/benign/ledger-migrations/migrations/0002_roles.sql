-- Synthetic, inert fixture written from public reports
-- The program writes; reports only read. Passwords are set by the operator.
do $$
begin
    if not exists (select from pg_roles where rolname = 'ledger_writer') then
        create role ledger_writer nologin;
    end if;
    if not exists (select from pg_roles where rolname = 'ledger_reader') then
        create role ledger_reader nologin;
    end if;
end
$$;
grant select, insert on account, entry to ledger_writer;
grant select on account, entry to ledger_reader;
