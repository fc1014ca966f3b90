// Synthetic, inert fixture written from public reports; see README
use std::path::Path;
use std::process::Command;

fn main() {
    for watched in ["web/package.json", "web/src", "web/index.html"] {
        println!("cargo:rerun-if-changed={watched}");
    }
    if std::env::var_os("DASHBOARD_UI_PREBUILT").is_some() && Path::new("web/dist/index.html").exists() {
        return;
    }
    npm(&["ci", "--no-audit", "--no-fund"]);
    npm(&["run", "build"]);
}

fn npm(args: &[&str]) {
    let program = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let status = Command::new(program)
        .args(args)
        .current_dir("web")
        .status()
        .unwrap_or_else(|e| panic!("cannot start {program}: {e}; is it installed?"));
    assert!(status.success(), "{program} {} failed", args.join(" "));
}

inert_fixture_does_not_build!();
