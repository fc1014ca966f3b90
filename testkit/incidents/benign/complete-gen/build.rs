// Synthetic, inert fixture written from public reports; see README
use std::{env, fs, path::PathBuf};

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap()).join("completions");
    fs::create_dir_all(&out).unwrap();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let text = fs::read_to_string(format!("templates/{shell}.txt")).unwrap_or_default();
        fs::write(
            out.join(shell),
            text.replace("{name}", &env::var("CARGO_PKG_NAME").unwrap()),
        )
        .unwrap();
    }
    println!("cargo:rerun-if-changed=templates");
}

inert_fixture_does_not_build!();
