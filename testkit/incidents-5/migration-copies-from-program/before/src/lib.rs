// Synthetic, inert fixture written from public reports
//! A queue of jobs in a PostgreSQL table. Workers take jobs with `for update skip locked`.

use postgres::{Client, Error, Transaction};

/// The steps of the schema in their order.
const MIGRATIONS: &[(i32, &str)] = &[
    (1, include_str!("../migrations/0001_jobs.sql")),
    (2, include_str!("../migrations/0002_due_index.sql")),
];

/// A job that a worker has taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub id: i64,
    pub kind: String,
    pub body: String,
}

/// Brings the schema up to date and gives its version.
pub fn migrate(client: &mut Client) -> Result<i32, Error> {
    client.batch_execute("create table if not exists workline_schema (version integer primary key)")?;
    let row = client.query_one("select coalesce(max(version), 0) from workline_schema", &[])?;
    let mut version: i32 = row.get(0);
    for (number, text) in MIGRATIONS.iter().filter(|step| step.0 > version).collect::<Vec<_>>() {
        let mut step = client.transaction()?;
        step.batch_execute(text)?;
        step.execute("insert into workline_schema values ($1)", &[number])?;
        step.commit()?;
        version = *number;
    }
    Ok(version)
}

/// Adds a job that is due at once.
pub fn push(client: &mut Client, kind: &str, body: &str) -> Result<i64, Error> {
    let row = client.query_one(
        "insert into workline_job (kind, body) values ($1, $2) returning id",
        &[&kind, &body],
    )?;
    Ok(row.get(0))
}

/// Takes the next job and does it. The job is gone only if the work succeeds.
pub fn work<F>(client: &mut Client, work: F) -> Result<bool, Error>
where
    F: FnOnce(&Job) -> Result<(), String>,
{
    let mut transaction = client.transaction()?;
    let Some(job) = take(&mut transaction)? else { return Ok(false) };
    match work(&job) {
        Ok(()) => {
            transaction.execute("delete from workline_job where id = $1", &[&job.id])?;
            transaction.commit()?;
        }
        Err(_) => transaction.rollback()?,
    }
    Ok(true)
}

fn take(transaction: &mut Transaction<'_>) -> Result<Option<Job>, Error> {
    let row = transaction.query_opt(
        "update workline_job set taken = now() where id = (
             select id from workline_job where due <= now() and taken is null
             order by due limit 1 for update skip locked)
         returning id, kind, body",
        &[],
    )?;
    Ok(row.map(|row| Job { id: row.get(0), kind: row.get(1), body: row.get(2) }))
}

/// How many jobs are due.
pub fn waiting(client: &mut Client) -> Result<i64, Error> {
    let row = client.query_one("select count(*) from workline_job where due <= now() and taken is null", &[])?;
    Ok(row.get(0))
}

inert_fixture_does_not_build!();
