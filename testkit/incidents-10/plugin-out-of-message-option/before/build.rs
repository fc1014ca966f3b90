// Synthetic, inert fixture written from public reports
use std::io::Result;

fn main() -> Result<()> {
    println!("cargo:rerun-if-changed=proto");
    let mut config = prost_build::Config::new();
    config.btree_map(["."]);
    config.type_attribute("meterwire.Register", "#[derive(Eq, Hash)]");
    config.compile_protos(&["proto/meter.proto"], &["proto"])
}

inert_fixture_does_not_build!();
