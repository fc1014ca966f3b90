// Synthetic, inert fixture written from public reports; see README
fn main() -> std::io::Result<()> {
    println!("cargo:rerun-if-changed=proto");
    println!("cargo:rerun-if-env-changed=PROTOC");
    let mut config = prost_build::Config::new();
    config.bytes(["."]).type_attribute(".", "#[derive(Eq)]");
    config.compile_protos(&["proto/ledger.proto"], &["proto"])
}

inert_fixture_does_not_build!();
