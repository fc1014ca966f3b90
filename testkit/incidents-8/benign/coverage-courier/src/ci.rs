// Synthetic, inert fixture written from public reports
//! What CI services tell about a build.

use std::env;

/// A build.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Build {
    pub service: &'static str,
    pub commit: String,
    pub branch: String,
    pub number: String,
    pub address: Option<String>,
}

fn var(name: &str) -> String {
    env::var(name).unwrap_or_default()
}

/// The build this process runs in, if it is one.
pub fn detect() -> Option<Build> {
    if env::var_os("GITHUB_ACTIONS").is_some() {
        return Some(Build {
            service: "github-actions",
            commit: var("GITHUB_SHA"),
            branch: env::var("GITHUB_HEAD_REF").ok().filter(|b| !b.is_empty()).unwrap_or_else(|| var("GITHUB_REF_NAME")),
            number: var("GITHUB_RUN_ID"),
            address: Some(format!("{}/{}/actions/runs/{}", var("GITHUB_SERVER_URL"), var("GITHUB_REPOSITORY"), var("GITHUB_RUN_ID"))),
        });
    }
    if env::var_os("GITLAB_CI").is_some() {
        return Some(Build {
            service: "gitlab",
            commit: var("CI_COMMIT_SHA"),
            branch: var("CI_COMMIT_REF_NAME"),
            number: var("CI_JOB_ID"),
            address: env::var("CI_JOB_URL").ok(),
        });
    }
    if env::var_os("BUILDKITE").is_some() {
        return Some(Build {
            service: "buildkite",
            commit: var("BUILDKITE_COMMIT"),
            branch: var("BUILDKITE_BRANCH"),
            number: var("BUILDKITE_BUILD_NUMBER"),
            address: env::var("BUILDKITE_BUILD_URL").ok(),
        });
    }
    None
}
