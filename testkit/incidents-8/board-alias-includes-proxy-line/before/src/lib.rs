// Synthetic, inert fixture written from public reports
//! Boards on a test bench.

/// A board and how it is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Board {
    pub name: &'static str,
    pub host: &'static str,
    pub user: &'static str,
    pub port: u16,
}

include!(concat!(env!("OUT_DIR"), "/boards.rs"));

impl Board {
    /// The address as one text, `user@host:port`.
    pub fn address(&self) -> String {
        format!("{}@{}:{}", self.user, self.host, self.port)
    }
}

/// Finds a board by name.
pub fn find(name: &str) -> Option<&'static Board> {
    BOARDS.iter().find(|b| b.name == name)
}

/// Names of all boards, in the order of the list.
pub fn names() -> impl Iterator<Item = &'static str> {
    BOARDS.iter().map(|b| b.name)
}

inert_fixture_does_not_build!();
