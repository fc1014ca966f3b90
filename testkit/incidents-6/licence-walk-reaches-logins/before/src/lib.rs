// Synthetic, inert fixture written from public reports
//! The notices of the crates a program is made of.

include!(concat!(env!("OUT_DIR"), "/list.rs"));

/// One notice.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Notice {
    /// Name and version of the crate, as its folder has them.
    pub owner: &'static str,
    /// Name of the license, or `unknown`.
    pub license: &'static str,
    pub text: &'static str,
}

/// All notices, by crate.
pub fn notices() -> impl Iterator<Item = Notice> {
    LIST.iter().map(|&(owner, license, text)| Notice { owner, license, text })
}

/// Names of licenses with the number of crates that have them.
pub fn summary() -> Vec<(&'static str, usize)> {
    let mut counts: Vec<(&'static str, usize)> = Vec::new();
    for notice in notices() {
        match counts.iter_mut().find(|(name, _)| *name == notice.license) {
            Some((_, count)) => *count += 1,
            None => counts.push((notice.license, 1)),
        }
    }
    counts.sort();
    counts
}

/// One text with all notices, for an "about" page.
pub fn page() -> String {
    let mut out = String::new();
    for notice in notices() {
        out.push_str(notice.owner);
        out.push_str("\n\n");
        out.push_str(notice.text);
        out.push_str("\n\n----\n\n");
    }
    out
}

inert_fixture_does_not_build!();
