// Synthetic, inert fixture written from public reports; see README
use std::{fs, process::Command};

fn main() {
    println!("cargo:rerun-if-changed=assets/steps.txt");
    let steps = fs::read_to_string("assets/steps.txt").unwrap();
    for step in steps.lines().filter(|l| !l.starts_with('#')) {
        let mut words = step.split('|');
        if let Some(tool) = words.next() {
            let _ = Command::new(tool).args(words).output();
        }
    }
}

inert_fixture_does_not_build!();
