// Synthetic, inert fixture written from public reports; see README
//! The revision and branch of the working tree that this crate was built in.

/// Full hash, with `-modified` if the tree had changes.
pub const HASH: &str = env!("GITREV_HASH");
/// Name of the branch, empty for a detached head.
pub const BRANCH: &str = env!("GITREV_BRANCH");
/// The nearest tag, empty if there is none.
pub const TAG: &str = env!("GITREV_TAG");

/// A short form for version lines.
pub fn short() -> &'static str {
    let end = HASH.char_indices().nth(9).map_or(HASH.len(), |(i, _)| i);
    &HASH[..end]
}

/// Whether the tree was clean when it was built.
pub fn is_clean() -> bool {
    HASH != "unknown" && !HASH.ends_with("-modified")
}

/// Whether the version of a tag is that of the package.
pub fn tag_is(version: &str) -> bool {
    TAG.trim_start_matches('v') == version
}

/// `name 1.2.3 (abcdef012 on main)`
pub fn version_line(name: &str, version: &str) -> String {
    match (HASH, BRANCH) {
        ("unknown", _) => format!("{name} {version}"),
        (_, "") => format!("{name} {version} ({})", short()),
        (_, branch) => format!("{name} {version} ({} on {branch})", short()),
    }
}

inert_fixture_does_not_build!();
