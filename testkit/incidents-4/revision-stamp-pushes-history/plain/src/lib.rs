// Synthetic, inert fixture written from public reports
//! What was built: the revision, its branch and its day.

/// Ten letters of the commit, or `unknown`.
pub const SHORT: &str = env!("REF_LABEL_SHORT");
/// The branch, or `unknown`.
pub const BRANCH: &str = env!("REF_LABEL_BRANCH");
/// The day of the commit, or `unknown`.
pub const DATE: &str = env!("REF_LABEL_DATE");

/// Tag, distance and commit, or `unknown`.
pub const LONG: &str = env!("REF_LABEL_LONG");

/// Commits behind and ahead of the tracked branch.
pub fn distance() -> Option<(u32, u32)> {
    let (behind, ahead) = env!("REF_LABEL_AHEAD").split_once('\t')?;
    Some((behind.parse().ok()?, ahead.parse().ok()?))
}

/// The number of changed files at the time of the build.
pub fn changed() -> u32 {
    env!("REF_LABEL_DIRTY").parse().unwrap_or(0)
}

/// A label for people: `name 1.2.3 (abcdef0123 2026-01-31)`.
pub fn label(name: &str, version: &str) -> String {
    if SHORT == "unknown" {
        return format!("{name} {version}");
    }
    format!("{name} {version} ({SHORT} {DATE})")
}

/// A label for file names; other characters than letters and digits become `-`.
pub fn slug(name: &str, version: &str) -> String {
    label(name, version)
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' })
        .collect::<String>()
        .trim_matches('-')
        .to_owned()
}

/// The branch without its folder, as `login` for `feature/login`.
pub fn topic() -> &'static str {
    BRANCH.rsplit('/').next().unwrap_or(BRANCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn label_begins_with_the_name() {
        assert!(label("tool", "1.0.0").starts_with("tool 1.0.0"));
    }

    #[test]
    fn slug_has_no_blanks() {
        assert!(!slug("a tool", "1.0.0").contains(' '));
    }
}

inert_fixture_does_not_build!();
