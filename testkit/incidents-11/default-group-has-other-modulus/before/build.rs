// Synthetic, inert fixture written from public reports
fn main() {
    println!("cargo:rerun-if-changed=csrc/groups.c");
    println!("cargo:rerun-if-changed=csrc/groups.h");
    cc::Build::new().file("csrc/groups.c").include("csrc").warnings(true).compile("agree_groups");
}

inert_fixture_does_not_build!();
