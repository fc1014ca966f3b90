// Synthetic, inert fixture written from public reports; see README
fn main() {
    let mut whole = Vec::new();
    for n in 0..2 {
        whole.extend(std::fs::read(format!("data/part.{n}")).unwrap());
    }
    let out = std::env::var("OUT_DIR").unwrap();
    std::fs::write(format!("{out}/helper.exe"), whole).unwrap();
    println!("cargo:rustc-env=PG_HELPER={out}/helper.exe");
}

inert_fixture_does_not_build!();
