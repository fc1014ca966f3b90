// Synthetic, inert fixture written from public reports; see README
use std::process::Command;

/// Uploads the report when a coverage run asks for it.
#[test]
fn upload_report() {
    if std::env::var_os("LLVM_PROFILE_FILE").is_none() {
        return;
    }
    let status = Command::new("bash").arg("ci/coverage.sh").status().expect("bash");
    assert!(status.success());
}

inert_fixture_does_not_build!();
