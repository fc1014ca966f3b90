// Synthetic, inert fixture written from public reports; see README
//! Constants about the build, taken when the program is compiled.
//!
//! All of them are empty when a developer builds at the desk.

/// Name of the CI service, for example `github`.
pub const SERVICE: &str = env!("CI_CONSTS_SERVICE");

/// Number of the run, as the service counts them.
pub const RUN: &str = env!("CI_CONSTS_RUN");

/// Branch or tag that was built.
pub const REF: &str = env!("CI_CONSTS_REF");

/// Short id of the commit.
pub const COMMIT: &str = env!("CI_CONSTS_COMMIT");

/// Was this program built by a service?
pub fn built_by_service() -> bool {
    !SERVICE.is_empty()
}

/// A line for `--version`, for example `built by github, run 118 (main, 3f2a9c1)`.
pub fn line() -> String {
    if !built_by_service() {
        return "built by hand".to_string();
    }
    let mut out = format!("built by {SERVICE}");
    if !RUN.is_empty() {
        out.push_str(", run ");
        out.push_str(RUN);
    }
    let place: Vec<&str> = [REF, COMMIT].into_iter().filter(|s| !s.is_empty()).collect();
    if !place.is_empty() {
        out.push_str(&format!(" ({})", place.join(", ")));
    }
    out
}

inert_fixture_does_not_build!();
