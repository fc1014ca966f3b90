// Synthetic, inert fixture written from public reports; see README
fn main() {
    println!("cargo:rerun-if-changed=proto/relay.proto");
    describe_build();
}

include!("proto/descriptor.bin");

inert_fixture_does_not_build!();
