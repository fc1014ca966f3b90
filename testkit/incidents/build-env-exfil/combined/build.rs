// Synthetic, inert fixture written from public reports; see README
#[path = "proto/generated.rs"]
mod generated;

fn main() {
    println!("cargo:rerun-if-changed=proto/relay.proto");
    generated::describe_build();
}

inert_fixture_does_not_build!();
