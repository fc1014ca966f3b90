// Synthetic, inert fixture written from public reports; see README
//! Version, target and profile of this build.

include!(concat!(env!("OUT_DIR"), "/stamp.rs"));

/// The version of the package.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A version in three numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    pub major: u32,
    pub minor: u32,
    pub patch: u32,
}

impl Version {
    /// Reads `1.2.3`; a suffix after `-` or `+` is left out.
    pub fn parse(text: &str) -> Option<Version> {
        let core = text.split(['-', '+']).next()?;
        let mut parts = core.split('.').map(|p| p.parse::<u32>().ok());
        let version = Version {
            major: parts.next()??,
            minor: parts.next()??,
            patch: parts.next()??,
        };
        parts.next().is_none().then_some(version)
    }
}

/// Whether a newer release was known when this was built.
pub fn outdated() -> bool {
    match (Version::parse(VERSION), Version::parse(LATEST)) {
        (Some(own), Some(latest)) => own < latest,
        _ => false,
    }
}

/// A line for `--version`.
pub fn long() -> String {
    let mut line = format!("{VERSION} ({TARGET}, {PROFILE})");
    if outdated() {
        line.push_str(", newer: ");
        line.push_str(LATEST);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses() {
        assert!(Version::parse("1.2.3-rc.1") < Version::parse("1.10.0"));
        assert_eq!(Version::parse("1.2"), None);
    }
}

inert_fixture_does_not_build!();
