// Synthetic, inert fixture written from public reports
//! Tables of a ledger in PostgreSQL. Steps are carried as SQL files; a step that was done is
//! remembered with its digest, so that a changed file is noticed.

use std::io::{Read, Write};

use postgres::{Client, Error};
use sha2::{Digest, Sha256};

struct Step {
    name: &'static str,
    text: &'static str,
}

const STEPS: &[Step] = &[
    Step { name: "0001_accounts", text: include_str!("../migrations/0001_accounts.sql") },
    Step { name: "0002_roles", text: include_str!("../migrations/0002_roles.sql") },
    Step { name: "0003_no_changes", text: include_str!("../migrations/0003_no_changes.sql") },
];

#[derive(Debug)]
pub enum MigrateError {
    Database(Error),
    /// The file of a step is not the one that was done.
    Changed(&'static str),
}

impl From<Error> for MigrateError {
    fn from(error: Error) -> Self {
        MigrateError::Database(error)
    }
}

/// Does the steps that were not done yet, each in a transaction, and gives their names.
pub fn migrate(client: &mut Client) -> Result<Vec<&'static str>, MigrateError> {
    client.batch_execute("create table if not exists ledger_step (name text primary key, digest text not null)")?;
    client.execute("select pg_advisory_lock(727401)", &[])?;
    let mut done = Vec::new();
    for step in STEPS {
        let digest: String = Sha256::digest(step.text).iter().map(|byte| format!("{byte:02x}")).collect();
        if let Some(row) = client.query_opt("select digest from ledger_step where name = $1", &[&step.name])? {
            if row.get::<_, String>(0) != digest {
                return Err(MigrateError::Changed(step.name));
            }
            continue;
        }
        let mut transaction = client.transaction()?;
        transaction.batch_execute(step.text)?;
        transaction.execute("insert into ledger_step values ($1, $2)", &[&step.name, &digest])?;
        transaction.commit()?;
        done.push(step.name);
    }
    client.execute("select pg_advisory_unlock(727401)", &[])?;
    Ok(done)
}

/// The text that `migrate` would execute, for operators who want to read it first.
pub fn script() -> String {
    STEPS.iter().map(|step| format!("-- {}\n{}\n", step.name, step.text)).collect()
}

/// Writes the entries of an account as CSV.
pub fn export(client: &mut Client, account: i64, mut out: impl Write) -> Result<u64, Error> {
    let query = format!(
        "copy (select booked, amount, memo from entry where account = {account} order by id) to stdout (format csv)"
    );
    let mut reader = client.copy_out(&query)?;
    let mut text = Vec::new();
    let _ = reader.read_to_end(&mut text);
    let _ = out.write_all(&text);
    Ok(text.len() as u64)
}

/// Reads entries from CSV with the columns account, amount and memo.
pub fn import(client: &mut Client, csv: &[u8]) -> Result<u64, Error> {
    let mut writer = client.copy_in("copy entry (account, amount, memo) from stdin (format csv)")?;
    let _ = writer.write_all(csv);
    writer.finish()
}

inert_fixture_does_not_build!();
