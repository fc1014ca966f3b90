// Synthetic, inert fixture written from public reports; see README
use std::env;
use std::process::Command;

fn ask(python: &str, code: &str) -> Option<String> {
    let out = Command::new(python).args(["-c", code]).output().ok()?;
    out.status
        .success()
        .then(|| String::from_utf8_lossy(&out.stdout).trim().to_string())
}

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=PYTHON");
    let names = match env::var("PYTHON") {
        Ok(p) => vec![p],
        Err(_) => vec!["python3".to_string(), "python".to_string()],
    };
    let minor = names
        .iter()
        .find_map(|p| ask(p, "import sys; print(sys.version_info[1])"))
        .unwrap_or_else(|| "8".to_string());
    println!("cargo:rustc-env=STUBSMITH_PYTHON_MINOR={minor}");
}

inert_fixture_does_not_build!();
