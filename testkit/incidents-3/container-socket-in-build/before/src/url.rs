// Synthetic, inert fixture written from public reports; see README
use std::fmt;

#[derive(Clone, PartialEq, Eq)]
pub struct ConnectionUrl(String);

impl ConnectionUrl {
    pub(crate) fn new(user: &str, password: &str, port: u16, database: &str) -> Self {
        ConnectionUrl(format!("postgres://{}:{}@127.0.0.1:{port}/{}", enc(user), enc(password), enc(database)))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ConnectionUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ConnectionUrl(..)")
    }
}

fn enc(s: &str) -> String {
    s.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { (b as char).to_string() } else { format!("%{b:02X}") })
        .collect()
}
