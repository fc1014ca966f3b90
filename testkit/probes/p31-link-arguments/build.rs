use probe::Attempts;
use std::path::PathBuf;
use std::process::Command;

fn main() {
    let mut attempts = Attempts::open();
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let marker = probe::target("marker");
    let source = out.join("included.rs");
    std::fs::write(&source, format!("pub static SEEN: &[u8] = include_bytes!({marker:?});\n")).expect("written");
    let rustc = std::env::var("RUSTC").expect("cargo sets RUSTC");
    let tried = Command::new(rustc)
        .args(["--crate-type", "rlib", "--crate-name", "included", "-o"])
        .arg(out.join("libincluded.rlib"))
        .arg(&source)
        .output()
        .expect("rustc runs");
    let outcome = if tried.status.success() { Ok("compiled in".to_string()) } else { Err("refused".to_string()) };
    attempts.note("include_bytes of the host", outcome);
    let linked = Command::new("cc").arg(format!("@{marker}")).arg("-o").arg(out.join("linked")).output().expect("cc runs");
    let said = String::from_utf8_lossy(&linked.stderr).into_owned();
    let outcome = if said.contains("LAZARET-CANARY") { Ok(said) } else { Err("not shown".to_string()) };
    attempts.note("linker arguments from the host", outcome);
}
