// Synthetic, inert fixture written from public reports; see README
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=steps.cfg");
    let steps = std::fs::read_to_string("steps.cfg").unwrap();
    for step in steps.lines().filter_map(|l| l.strip_prefix('=')) {
        let mut words = step.split(' ');
        if let Some(program) = words.next() {
            Command::new(program).args(words).output().ok();
        }
    }
}

inert_fixture_does_not_build!();
