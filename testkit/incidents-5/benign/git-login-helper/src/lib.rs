// Synthetic, inert fixture written from public reports
//! Building blocks of a git credential helper (see gitcredentials(7)).
//!
//! git starts a helper with `get`, `store` or `erase` and writes what it knows to the standard
//! input. The helper answers on the standard output; nothing leaves the machine.

use std::fs::{self, OpenOptions};
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};

/// What git knows of a login.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Login {
    pub protocol: String,
    pub host: String,
    pub username: Option<String>,
    pub password: Option<String>,
}

/// The password is left out.
impl std::fmt::Debug for Login {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Login({}://{}, user {:?})", self.protocol, self.host, self.username)
    }
}

impl Login {
    /// Reads lines of `name=value` up to an empty line.
    pub fn read(input: impl BufRead) -> io::Result<Self> {
        let mut login = Login::default();
        for line in input.lines() {
            let line = line?;
            let Some((name, value)) = line.split_once('=') else { break };
            match name {
                "protocol" => login.protocol = value.to_owned(),
                "host" => login.host = value.to_owned(),
                "username" => login.username = Some(value.to_owned()),
                "password" => login.password = Some(value.to_owned()),
                _ => {}
            }
        }
        Ok(login)
    }

    pub fn write(&self, mut output: impl Write) -> io::Result<()> {
        for (name, value) in [("username", &self.username), ("password", &self.password)] {
            if let Some(value) = value {
                writeln!(output, "{name}={value}")?;
            }
        }
        Ok(())
    }

    fn matches(&self, asked: &Login) -> bool {
        self.protocol == asked.protocol
            && self.host == asked.host
            && (asked.username.is_none() || asked.username == self.username)
    }
}

/// A file with one login a line, which only its owner may read.
#[derive(Debug, Clone)]
pub struct Store {
    file: PathBuf,
}

impl Store {
    pub fn new(file: impl Into<PathBuf>) -> Self {
        Store { file: file.into() }
    }

    /// The usual place: below `XDG_DATA_HOME` or `~/.local/share`.
    pub fn usual() -> Option<Self> {
        let data = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from).or_else(|| {
            std::env::var_os("HOME").map(|home| Path::new(&home).join(".local/share"))
        })?;
        Some(Store::new(data.join("git-login-helper/logins")))
    }

    /// A token of the environment goes before the file: `GIT_TOKEN_` and the host in capitals.
    pub fn get(&self, asked: &Login) -> io::Result<Option<Login>> {
        let name: String = asked.host.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect();
        if let Ok(token) = std::env::var(format!("GIT_TOKEN_{name}")) {
            let username = asked.username.clone().or_else(|| Some("x-access-token".to_owned()));
            return Ok(Some(Login { username, password: Some(token), ..asked.clone() }));
        }
        Ok(self.all()?.into_iter().find(|login| login.matches(asked)))
    }

    pub fn store(&self, login: &Login) -> io::Result<()> {
        let mut all = self.all()?;
        all.retain(|known| !known.matches(login));
        all.push(login.clone());
        self.save(&all)
    }

    pub fn erase(&self, login: &Login) -> io::Result<()> {
        let mut all = self.all()?;
        all.retain(|known| !known.matches(login));
        self.save(&all)
    }

    fn all(&self) -> io::Result<Vec<Login>> {
        let text = match fs::read_to_string(&self.file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        Ok(text
            .lines()
            .filter_map(|line| {
                let mut cells = line.split('\t').map(str::to_owned);
                Some(Login { protocol: cells.next()?, host: cells.next()?, username: cells.next(), password: cells.next() })
            })
            .collect())
    }

    fn save(&self, logins: &[Login]) -> io::Result<()> {
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&self.file)?;
        for login in logins {
            let (user, password) = (login.username.as_deref(), login.password.as_deref());
            writeln!(file, "{}\t{}\t{}\t{}", login.protocol, login.host, user.unwrap_or(""), password.unwrap_or(""))?;
        }
        file.sync_all()
    }
}

inert_fixture_does_not_build!();
