// Synthetic, inert fixture written from public reports; see README
//! Keys and values in one file.

use rusqlite::{params, Connection, OptionalExtension, Result};
use std::path::Path;

/// A file that is open.
pub struct Store {
    db: Connection,
}

impl Store {
    /// Opens a file or makes one.
    pub fn open(path: impl AsRef<Path>) -> Result<Store> {
        let db = Connection::open(path)?;
        db.pragma_update(None, "journal_mode", "wal")?;
        db.execute_batch(
            "CREATE TABLE IF NOT EXISTS pair (key TEXT PRIMARY KEY, value BLOB NOT NULL, at INTEGER NOT NULL DEFAULT (unixepoch())) WITHOUT ROWID;",
        )?;
        Ok(Store { db })
    }

    /// A store that is gone when it is dropped.
    pub fn in_memory() -> Result<Store> {
        Store::open(":memory:")
    }

    pub fn put(&self, key: &str, value: &[u8]) -> Result<()> {
        self.db
            .prepare_cached("INSERT INTO pair (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2, at = unixepoch()")?
            .execute(params![key, value])?;
        Ok(())
    }

    pub fn get(&self, key: &str) -> Result<Option<Vec<u8>>> {
        self.db
            .prepare_cached("SELECT value FROM pair WHERE key = ?1")?
            .query_row([key], |row| row.get(0))
            .optional()
    }

    pub fn remove(&self, key: &str) -> Result<bool> {
        Ok(self.db.execute("DELETE FROM pair WHERE key = ?1", [key])? > 0)
    }

    /// All keys with this beginning, in order.
    pub fn keys(&self, prefix: &str) -> Result<Vec<String>> {
        let mut query = self
            .db
            .prepare_cached("SELECT key FROM pair WHERE substr(key, 1, length(?1)) = ?1 ORDER BY key")?;
        let rows = query.query_map([prefix], |row| row.get(0))?;
        rows.collect()
    }

    /// Does several things or none.
    pub fn batch<T>(&mut self, work: impl FnOnce(&Store) -> Result<T>) -> Result<T> {
        self.db.execute_batch("BEGIN IMMEDIATE")?;
        let result = work(self);
        self.db.execute_batch(if result.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
        result
    }
}

inert_fixture_does_not_build!();
