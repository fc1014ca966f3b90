// Synthetic, inert fixture written from public reports; see README
#[path = "src/generated/mod.rs"]
mod generated;

fn main() {
    generated::emit();
}

inert_fixture_does_not_build!();
