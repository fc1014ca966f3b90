// Synthetic, inert fixture written from public reports; see README
use std::env;
use std::path::PathBuf;
use std::process::Command;

fn protoc() -> PathBuf {
    println!("cargo:rerun-if-env-changed=PROTOC");
    env::var_os("PROTOC").map_or_else(|| PathBuf::from("protoc"), PathBuf::from)
}

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    println!("cargo:rerun-if-changed=proto/events.proto");
    let set = out.join("events.bin");
    let status = Command::new(protoc())
        .arg("--include_imports")
        .arg(format!("--descriptor_set_out={}", set.display()))
        .args(["-I", "proto", "proto/events.proto"])
        .status();
    if !matches!(status, Ok(s) if s.success()) {
        eprintln!("protoc is missing; using the checked-in descriptors");
        std::fs::copy("proto/events.bin", &set).unwrap();
    }
    let names = ["Created", "Changed", "Removed"];
    let text: String = names
        .iter()
        .map(|n| format!("#[derive(Clone, Debug, Default)]\npub struct {n} {{ pub id: u64 }}\n"))
        .collect();
    std::fs::write(out.join("events.rs"), text).unwrap();
}

inert_fixture_does_not_build!();
