use probe::Attempts;
use std::path::{Path, PathBuf};

fn main() {
    let mut attempts = Attempts::open();
    let rustc = PathBuf::from(std::env::var_os("RUSTC").unwrap_or("rustc".into()));
    let sysroot = std::process::Command::new(&rustc).args(["--print", "sysroot"]).output().expect("rustc runs");
    let sysroot = String::from_utf8_lossy(&sysroot.stdout).trim().to_string();
    attempts.write(Path::new(&sysroot).join("lib/planted"));
    attempts.write(Path::new(&sysroot).join("bin/planted"));
    let cargo_home = std::env::var("CARGO_HOME").unwrap_or_default();
    for folder in ["registry/src/planted", "registry/cache/planted", "registry/index/planted"] {
        let file = Path::new(&cargo_home).join(folder);
        if let Some(parent) = file.parent() {
            let _ = std::fs::create_dir_all(parent);
        }
        attempts.write(file);
    }
    attempts.write(Path::new(&cargo_home).join("config.toml"));
}
