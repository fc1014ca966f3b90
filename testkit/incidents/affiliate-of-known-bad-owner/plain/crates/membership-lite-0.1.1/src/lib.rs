// Synthetic, inert fixture written from public reports; see README
//! Tiny set membership structure.

/// A bitmap over small integers.
#[derive(Clone, Debug, Default)]
pub struct Members(Vec<u64>);

impl Members {
    pub fn insert(&mut self, n: usize) {
        if self.0.len() <= n / 64 {
            self.0.resize(n / 64 + 1, 0);
        }
        self.0[n / 64] |= 1 << (n % 64);
    }

    pub fn contains(&self, n: usize) -> bool {
        self.0.get(n / 64).map_or(false, |w| w >> (n % 64) & 1 == 1)
    }
}

inert_fixture_does_not_build!();
