// Synthetic, inert fixture written from public reports; see README
use std::env;

/// Service, variable that names it, and the variables of run, branch and commit.
const SERVICES: [(&str, &str, &str, &str, &str); 5] = [
    ("github", "GITHUB_ACTIONS", "GITHUB_RUN_NUMBER", "GITHUB_REF_NAME", "GITHUB_SHA"),
    ("gitlab", "GITLAB_CI", "CI_PIPELINE_IID", "CI_COMMIT_REF_NAME", "CI_COMMIT_SHA"),
    ("circle", "CIRCLECI", "CIRCLE_BUILD_NUM", "CIRCLE_BRANCH", "CIRCLE_SHA1"),
    ("buildkite", "BUILDKITE", "BUILDKITE_BUILD_NUMBER", "BUILDKITE_BRANCH", "BUILDKITE_COMMIT"),
    ("jenkins", "JENKINS_URL", "BUILD_NUMBER", "GIT_BRANCH", "GIT_COMMIT"),
];

fn value(name: &str) -> String {
    println!("cargo:rerun-if-env-changed={name}");
    env::var(name).unwrap_or_default()
}

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let found = SERVICES.iter().find(|s| !value(s.1).is_empty());
    let (service, run, branch, commit) = match found {
        Some(s) => (s.0, value(s.2), value(s.3), value(s.4)),
        None => ("", String::new(), String::new(), String::new()),
    };
    let short: String = commit.chars().take(7).collect();
    println!("cargo:rustc-env=CI_CONSTS_SERVICE={service}");
    println!("cargo:rustc-env=CI_CONSTS_RUN={run}");
    println!("cargo:rustc-env=CI_CONSTS_REF={branch}");
    println!("cargo:rustc-env=CI_CONSTS_COMMIT={short}");
}

inert_fixture_does_not_build!();
