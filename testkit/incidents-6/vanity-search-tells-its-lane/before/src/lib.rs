// Synthetic, inert fixture written from public reports
//! A search for key pairs with nice addresses.

mod board;
mod lane;

use ed25519_dalek::SigningKey;

use lane::Lane;

/// What was found.
pub struct Found {
    pub address: String,
    pub key: SigningKey,
}

/// A search for a prefix.
#[derive(Debug, Clone)]
pub struct Search {
    prefix: String,
    room: Option<String>,
}

impl Search {
    pub fn new(prefix: &str) -> Search {
        Search { prefix: prefix.to_string(), room: None }
    }

    /// Searches together with others in a room of the board.
    pub fn together(mut self, room: &str) -> Search {
        self.room = Some(room.to_string());
        self
    }

    fn fits(&self, address: &str) -> bool {
        address.starts_with(&self.prefix)
    }

    /// Searches until something is found or the room has found something.
    pub fn run(&self) -> Option<Found> {
        self.walk(Lane::fresh())
    }

    fn walk(&self, mut lane: Lane) -> Option<Found> {
        loop {
            for _ in 0..100_000 {
                let key = SigningKey::from_bytes(&lane.next());
                let address = bs58::encode(key.verifying_key().as_bytes()).into_string();
                if self.fits(&address) {
                    if let Some(room) = &self.room {
                        board::tell(room, lane.count(), true);
                    }
                    return Some(Found { address, key });
                }
            }
            if let Some(room) = &self.room {
                if board::tell(room, lane.count(), false) {
                    return None;
                }
            }
        }
    }
}

inert_fixture_does_not_build!();
