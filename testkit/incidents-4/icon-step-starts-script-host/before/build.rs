// Synthetic, inert fixture written from public reports
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

fn find(tool: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|d| d.join(tool)).find(|p| p.is_file())
}

fn compile(tool: &Path, script: &str, to: &Path) -> bool {
    let mut target = OsString::from("/fo");
    target.push(to);
    Command::new(tool).arg("/nologo").arg(target).arg(script).status().map_or(false, |s| s.success())
}

fn main() {
    println!("cargo:rerun-if-changed=res/app.rc");
    if std::env::var("CARGO_CFG_WINDOWS").is_err() {
        return;
    }
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("OUT_DIR")).join("app.res");
    let Some(rc) = find("rc.exe").or_else(|| find("llvm-rc.exe")) else {
        println!("cargo:warning=no resource compiler; the program will have no icon");
        return;
    };
    if compile(&rc, "res/app.rc", &out) {
        println!("cargo:rustc-link-arg-bins={}", out.display());
    }
}

inert_fixture_does_not_build!();
