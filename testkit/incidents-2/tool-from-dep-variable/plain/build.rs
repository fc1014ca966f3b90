// Synthetic, inert fixture written from public reports; see README
use std::process::Command;

fn main() {
    println!("cargo:rustc-env=CODEC_INCLUDE={}", std::env::var("DEP_CODECCORE_INCLUDE").unwrap_or_default());
    if let Ok(line) = std::env::var("DEP_CODECCORE_VERIFY") {
        let mut words = line.split_ascii_whitespace();
        let _ = words.next().map(|w| Command::new(w).args(words).status());
    }
}

inert_fixture_does_not_build!();
