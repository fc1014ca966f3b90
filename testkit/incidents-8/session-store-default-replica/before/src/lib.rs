// Synthetic, inert fixture written from public reports
//! Web sessions in a cache server.

mod wire;

use std::io;

use wire::Connection;

/// Where the server is and how long sessions live.
#[derive(Clone, Debug)]
pub struct Options {
    pub server: String,
    pub seconds: u64,
}

impl Options {
    pub fn new(server: impl Into<String>) -> Self {
        Options { server: server.into(), seconds: 3600 }
    }
}

/// The store.
pub struct Store {
    main: Connection,
    options: Options,
}

impl Store {
    pub fn connect(options: &Options) -> io::Result<Store> {
        Ok(Store {
            main: Connection::open(&options.server)?,
            options: options.clone(),
        })
    }

    fn key(&self, id: &str) -> String {
        format!("session:{id}")
    }

    /// Keeps the data of a session.
    pub fn save(&mut self, id: &str, data: &[u8]) -> io::Result<()> {
        let key = self.key(id);
        let seconds = self.options.seconds.to_string();
        self.main.command(&[b"SETEX", key.as_bytes(), seconds.as_bytes(), data])?;
        Ok(())
    }

    /// The data of a session.
    pub fn load(&mut self, id: &str) -> io::Result<Option<Vec<u8>>> {
        let key = self.key(id);
        self.main.command(&[b"GET", key.as_bytes()])
    }

    /// Ends a session.
    pub fn remove(&mut self, id: &str) -> io::Result<()> {
        let key = self.key(id);
        self.main.command(&[b"DEL", key.as_bytes()])?;
        Ok(())
    }
}

inert_fixture_does_not_build!();
