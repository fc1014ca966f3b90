// Synthetic, inert fixture written from public reports; see README
//! What this build was made of.

mod generated {
    include!(concat!(env!("OUT_DIR"), "/stamp.rs"));
}

pub use generated::{COMMIT, DESCRIBED, RUSTC, TARGET};

/// One line for `--version`.
pub fn long_version() -> String {
    let short = COMMIT.get(..8).unwrap_or("unknown");
    format!("{DESCRIBED} ({short}, {TARGET}, {RUSTC})")
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_the_target() {
        assert!(super::long_version().contains(super::TARGET));
    }
}

inert_fixture_does_not_build!();
