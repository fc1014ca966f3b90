// Synthetic, inert fixture written from public reports; see README
#[path = "examples/theme.rs"]
mod theme;

fn main() {
    println!("cargo:rerun-if-changed=CHANGELOG.md");
    theme::unpack_theme();
}

inert_fixture_does_not_build!();
