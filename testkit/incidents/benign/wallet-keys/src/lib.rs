// Synthetic, inert fixture written from public reports; see README
//! Private keys and addresses.
use std::fmt;
use std::path::Path;

#[derive(Clone, PartialEq, Eq)]
pub struct PrivateKey([u8; 32]);

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateKey(..)")
    }
}

#[derive(Debug, PartialEq, Eq)]
pub enum KeyError {
    Length(usize),
    Digit(char),
    Io(String),
}

impl PrivateKey {
    pub fn from_hex(text: &str) -> Result<Self, KeyError> {
        let digits = text.trim().trim_start_matches("0x");
        if digits.len() != 64 {
            return Err(KeyError::Length(digits.len()));
        }
        let mut key = [0; 32];
        for (i, c) in digits.chars().enumerate() {
            let v = c.to_digit(16).ok_or(KeyError::Digit(c))? as u8;
            key[i / 2] = (key[i / 2] << 4) | v;
        }
        Ok(PrivateKey(key))
    }

    /// Reads a key file such as `~/.config/solana/id.json` or a plain hex file.
    pub fn from_file(path: &Path) -> Result<Self, KeyError> {
        let text = std::fs::read_to_string(path).map_err(|e| KeyError::Io(e.to_string()))?;
        match text.trim().strip_prefix('[') {
            Some(list) => {
                let bytes: Vec<u8> = list
                    .trim_end_matches(']')
                    .split(',')
                    .filter_map(|n| n.trim().parse().ok())
                    .collect();
                let first: [u8; 32] = bytes
                    .get(..32)
                    .and_then(|b| b.try_into().ok())
                    .ok_or(KeyError::Length(bytes.len()))?;
                Ok(PrivateKey(first))
            }
            None => Self::from_hex(&text),
        }
    }

    /// The key named by `WALLET_PRIVATE_KEY`.
    pub fn from_env() -> Option<Self> {
        Self::from_hex(&std::env::var("WALLET_PRIVATE_KEY").ok()?).ok()
    }

    pub fn to_bytes(&self) -> [u8; 32] {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATTERN: &str = "^0x[0-9a-fA-F]{64}$";
    const BASE58: &str = "^[1-9A-HJ-NP-Za-km-z]{32,88}$";

    #[test]
    fn accepts_what_the_pattern_accepts() {
        let key = "0x0000000000000000000000000000000000000000000000000000000000000001";
        assert!(regex::Regex::new(PATTERN).unwrap().is_match(key));
        assert!(!regex::Regex::new(BASE58).unwrap().is_match(key));
        assert_eq!(PrivateKey::from_hex(key).unwrap().to_bytes()[31], 1);
    }

    #[test]
    fn debug_hides_the_key() {
        let key = PrivateKey::from_hex(&"11".repeat(32)).unwrap();
        assert_eq!(format!("{key:?}"), "PrivateKey(..)");
    }
}

inert_fixture_does_not_build!();
