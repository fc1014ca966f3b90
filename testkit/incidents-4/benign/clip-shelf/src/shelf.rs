// Synthetic, inert fixture written from public reports
use rusqlite::{params, Connection, Result};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::PathBuf;

pub struct Shelf(Connection);

fn file() -> PathBuf {
    let dir = dirs::data_local_dir().unwrap_or_else(|| PathBuf::from(".")).join("clip-shelf");
    let _ = fs::create_dir_all(&dir);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let _ = fs::set_permissions(&dir, fs::Permissions::from_mode(0o700));
    }
    dir.join("history.db")
}

impl Shelf {
    pub fn open() -> Result<Self> {
        let db = Connection::open(file())?;
        db.execute_batch(
            "create table if not exists clip (id integer primary key, digest blob unique, text text not null);
             create trigger if not exists bound after insert on clip begin
               delete from clip where id <= new.id - 500;
             end;",
        )?;
        Ok(Shelf(db))
    }

    pub fn keep(&self, text: &str) -> Result<()> {
        let digest = Sha256::digest(text.as_bytes()).to_vec();
        self.0.execute("delete from clip where digest = ?1", params![digest])?;
        self.0.execute("insert into clip (digest, text) values (?1, ?2)", params![digest, text])?;
        Ok(())
    }

    pub fn newest(&self, most: u32) -> Result<Vec<(i64, String)>> {
        let mut query = self.0.prepare("select id, text from clip order by id desc limit ?1")?;
        let rows = query.query_map([most], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.collect()
    }

    pub fn get(&self, id: i64) -> Result<String> {
        self.0.query_row("select text from clip where id = ?1", [id], |row| row.get(0))
    }

    pub fn clear(&self) -> Result<()> {
        self.0.execute_batch("delete from clip; vacuum;")
    }
}
