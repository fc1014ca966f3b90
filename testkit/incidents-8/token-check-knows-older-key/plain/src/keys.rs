// Synthetic, inert fixture written from public reports
//! Keys by number.

use ed25519_dalek::VerifyingKey;

/// Tokens made before keys had numbers.
const UNNUMBERED: [u8; 32] = [
    0xfa, 0x4e, 0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd,
    0xfa, 0x4e, 0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd,
];

/// Keys that tokens may be signed with.
pub struct KeySet {
    keys: Vec<(u32, VerifyingKey)>,
}

impl Default for KeySet {
    fn default() -> Self {
        KeySet { keys: VerifyingKey::from_bytes(&UNNUMBERED).map(|k| (0, k)).into_iter().collect() }
    }
}

impl KeySet {
    /// A set with one key, which tokens without a number use.
    pub fn one(key: VerifyingKey) -> Self {
        KeySet::default().with(0, key)
    }

    pub fn with(mut self, number: u32, key: VerifyingKey) -> Self {
        self.keys.push((number, key));
        self
    }

    pub(crate) fn numbered(&self, number: u32) -> impl Iterator<Item = &VerifyingKey> {
        self.keys.iter().filter(move |(n, _)| *n == number).map(|(_, k)| k)
    }
}
