// Synthetic, inert fixture written from public reports; see README
//! What this program was built with.

include!(concat!(env!("OUT_DIR"), "/packages.rs"));

/// Versions of a package, oldest first.
pub fn versions(name: &str) -> impl Iterator<Item = (u64, u64, u64)> + '_ {
    let start = PACKAGES.partition_point(|(n, _)| *n < name);
    PACKAGES[start..].iter().take_while(move |(n, _)| *n == name).map(|(_, v)| *v)
}

/// Whether a package is there in at least this version.
pub fn at_least(name: &str, version: (u64, u64, u64)) -> bool {
    versions(name).any(|v| v >= version)
}

/// A text for `--version --verbose`.
pub fn table() -> String {
    PACKAGES
        .iter()
        .map(|(name, (major, minor, patch))| format!("{name} {major}.{minor}.{patch}\n"))
        .collect()
}

inert_fixture_does_not_build!();
