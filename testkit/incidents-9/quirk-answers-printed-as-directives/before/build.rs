// Synthetic, inert fixture written from public reports; see README
use std::env;

const QUIRKS: &str = include_str!("quirks.txt");

fn lines_for<'a>(text: &'a str, target: &'a str) -> impl Iterator<Item = &'a str> + 'a {
    text.lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_once(": "))
        .filter(move |(t, _)| *t == target)
        .map(|(_, quirk)| quirk.trim())
}

fn main() {
    println!("cargo:rerun-if-changed=quirks.txt");
    let target = env::var("TARGET").unwrap();
    for quirk in lines_for(QUIRKS, &target) {
        if let Some(name) = quirk.strip_prefix("cfg=") {
            println!("cargo:rustc-cfg={name}");
        }
    }
}

inert_fixture_does_not_build!();
