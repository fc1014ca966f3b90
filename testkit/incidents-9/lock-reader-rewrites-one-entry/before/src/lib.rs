// Synthetic, inert fixture written from public reports; see README
//! Versions of the dependencies this program was built with.

include!(concat!(env!("OUT_DIR"), "/packages.rs"));

/// The version of a package; the first if there are several.
pub fn version_of(name: &str) -> Option<&'static str> {
    PACKAGES.iter().find(|(n, _)| *n == name).map(|(_, v)| *v)
}

/// All versions of a package.
pub fn versions_of<'a>(name: &'a str) -> impl Iterator<Item = &'static str> + 'a {
    PACKAGES.iter().filter(move |(n, _)| *n == name).map(|(_, v)| *v)
}

/// Packages that are there more than once.
pub fn duplicates() -> Vec<&'static str> {
    let mut names: Vec<&'static str> = PACKAGES
        .windows(2)
        .filter(|pair| pair[0].0 == pair[1].0)
        .map(|pair| pair[0].0)
        .collect();
    names.dedup();
    names
}

/// A list for a page about the program.
pub fn listing() -> String {
    let width = PACKAGES.iter().map(|(n, _)| n.len()).max().unwrap_or(0);
    PACKAGES
        .iter()
        .map(|(name, version)| format!("{name:width$}  {version}\n"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_itself() {
        assert!(listing().lines().count() == PACKAGES.len());
    }
}

inert_fixture_does_not_build!();
