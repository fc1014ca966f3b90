// Synthetic, inert fixture written from public reports
use sha2::{Digest, Sha256};

/// Keys one after the other: the hash of a random start and a counter.
pub struct Lane {
    start: [u8; 32],
    count: u64,
}

impl Lane {
    pub fn fresh() -> Lane {
        let mut start = [0; 32];
        getrandom::getrandom(&mut start).expect("the system has random numbers");
        Lane { start, count: 0 }
    }

    /// The next key.
    pub fn next(&mut self) -> [u8; 32] {
        self.count += 1;
        Sha256::new()
            .chain_update(self.start)
            .chain_update(self.count.to_le_bytes())
            .finalize()
            .into()
    }

    pub fn count(&self) -> u64 {
        self.count
    }
}
