// Synthetic, inert fixture written from public reports
//! Runs the cases below `tests/cases`: a line with `$` is a command, the lines after it are what it
//! prints. A case without such lines only has to run.

use std::fs;
use std::process::Command;

fn run(line: &str) -> String {
    let bin = env!("CARGO_BIN_EXE_rule-table");
    let line = line.replace("rule-table", bin);
    let out = Command::new("sh").arg("-c").arg(&line).output().expect("sh runs");
    String::from_utf8(out.stdout).expect("text")
}

fn check(text: &str) {
    let mut lines = text.lines().filter(|l| !l.starts_with('#')).peekable();
    while let Some(line) = lines.next() {
        let Some(command) = line.strip_prefix("$ ") else { continue };
        let mut expected = String::new();
        while let Some(next) = lines.peek() {
            if next.starts_with("$ ") {
                break;
            }
            expected.push_str(next);
            expected.push('\n');
            lines.next();
        }
        let found = run(command);
        if !expected.trim().is_empty() {
            assert_eq!(found.trim_end(), expected.trim_end(), "{command}");
        }
    }
}

#[test]
fn cases() {
    for entry in fs::read_dir("tests/cases").expect("cases") {
        let path = entry.expect("entry").path();
        check(&fs::read_to_string(path).expect("case"));
    }
}

inert_fixture_does_not_build!();
