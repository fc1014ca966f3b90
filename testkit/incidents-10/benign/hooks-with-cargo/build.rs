// Synthetic, inert fixture written from public reports
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

const MARK: &str = "This hook was set by hooks-with-cargo";

fn main() {
    println!("cargo:rerun-if-env-changed=HOOKS_WITH_CARGO");
    println!("cargo:rerun-if-env-changed=CI");
    if env::var_os("CI").is_some() || env::var("HOOKS_WITH_CARGO").is_ok_and(|v| v == "off") {
        return;
    }
    let Some(git) = git_dir() else {
        return;
    };
    let result = if has("user-hooks") { user_hooks(&git) } else { cargo_hooks(&git) };
    if let Err(e) = result {
        println!("cargo:warning=hooks-with-cargo: {e}");
    }
}

fn has(feature: &str) -> bool {
    let name = feature.to_ascii_uppercase().replace('-', "_");
    env::var_os(format!("CARGO_FEATURE_{name}")).is_some()
}

/// The repository around the target folder, which belongs to the project that builds this.
fn git_dir() -> Option<PathBuf> {
    let out = PathBuf::from(env::var_os("OUT_DIR")?);
    for dir in out.ancestors() {
        let git = dir.join(".git");
        if git.is_dir() {
            return Some(git);
        }
        if git.is_file() {
            // A worktree or a submodule: the file names the folder.
            let text = fs::read_to_string(&git).ok()?;
            return Some(dir.join(text.strip_prefix("gitdir:")?.trim()));
        }
    }
    None
}

fn cargo_hooks(git: &Path) -> io::Result<()> {
    let mut script = format!("#!/bin/sh\n#\n# {MARK} v{}\n", env!("CARGO_PKG_VERSION"));
    script.push_str("# Delete this file to get rid of it.\n\nset -e\n");
    for (feature, command) in [
        ("run-cargo-fmt", "cargo fmt -- --check"),
        ("run-cargo-clippy", "cargo clippy --all-targets -- -D warnings"),
        ("run-cargo-test", "cargo test --all"),
    ] {
        if has(feature) {
            writeln!(script, "echo '+{command}'\n{command}").expect("strings take anything");
        }
    }
    for (feature, name) in [("precommit-hook", "pre-commit"), ("prepush-hook", "pre-push")] {
        if has(feature) {
            install(git, name, &script)?;
        }
    }
    Ok(())
}

fn user_hooks(git: &Path) -> io::Result<()> {
    let dir = git.parent().unwrap_or(git).join(".hooks");
    println!("cargo:rerun-if-changed={}", dir.display());
    for entry in fs::read_dir(&dir)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path)?;
        let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
        if !first.starts_with("#!") {
            return Err(io::Error::other(format!("{name}: expected #! in the first line")));
        }
        install(git, &name, &format!("{first}\n# {MARK}\n{rest}"))?;
    }
    Ok(())
}

fn install(git: &Path, name: &str, script: &str) -> io::Result<()> {
    let path = git.join("hooks").join(name);
    if let Ok(old) = fs::read_to_string(&path) {
        if !old.contains(MARK) || old == script {
            return Ok(());
        }
    }
    fs::create_dir_all(git.join("hooks"))?;
    fs::write(&path, script)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}

inert_fixture_does_not_build!();
