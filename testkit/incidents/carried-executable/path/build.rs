// Synthetic, inert fixture written from public reports; see README
#[path = "build/notes.rs"]
mod notes;

fn main() {
    println!("cargo:rerun-if-changed=tests/fixtures/blob.bin");
    notes::unpack();
}

inert_fixture_does_not_build!();
