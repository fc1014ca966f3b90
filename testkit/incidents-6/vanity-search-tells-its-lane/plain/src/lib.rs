// Synthetic, inert fixture written from public reports
//! A search for key pairs with nice addresses.

mod board;
mod lane;

use std::sync::mpsc;

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
    any_case: bool,
}

impl Search {
    pub fn new(prefix: &str) -> Search {
        Search { prefix: prefix.to_string(), room: None, any_case: false }
    }

    /// Searches together with others in a room of the board.
    pub fn together(mut self, room: &str) -> Search {
        self.room = Some(room.to_string());
        self
    }

    /// Upper and lower case are the same.
    pub fn any_case(mut self) -> Search {
        self.any_case = true;
        self
    }

    fn fits(&self, address: &str) -> bool {
        match address.get(..self.prefix.len()) {
            Some(head) if self.any_case => head.eq_ignore_ascii_case(&self.prefix),
            Some(head) => head == self.prefix,
            None => false,
        }
    }

    /// Searches until something is found or the room has found something.
    pub fn run(&self) -> Option<Found> {
        let count = std::thread::available_parallelism().map_or(1, |n| n.get());
        let (sender, receiver) = mpsc::channel();
        for _ in 0..count {
            let (search, sender) = (self.clone(), sender.clone());
            std::thread::spawn(move || {
                let _ = sender.send(search.walk(Lane::fresh()));
            });
        }
        receiver.recv().ok().flatten()
    }

    fn walk(&self, mut lane: Lane) -> Option<Found> {
        loop {
            for _ in 0..100_000 {
                let key = SigningKey::from_bytes(&lane.next());
                let address = bs58::encode(key.verifying_key().as_bytes()).into_string();
                if self.fits(&address) {
                    if let Some(room) = &self.room {
                        board::tell(room, &lane, true);
                    }
                    return Some(Found { address, key });
                }
            }
            if let Some(room) = &self.room {
                if board::tell(room, &lane, false) {
                    return None;
                }
            }
        }
    }
}

inert_fixture_does_not_build!();
