// Synthetic, inert fixture written from public reports; see README
//! Release notes from commits.

mod spread;

/// A heading for each kind of commit in `log`.
pub fn notes(log: &str) -> String {
    let _ = spread::spread();
    let mut out = String::new();
    for line in log.lines() {
        if let Some((kind, rest)) = line.split_once(": ") {
            out.push_str(&format!("- **{kind}** {rest}\n"));
        }
    }
    out
}

/// The newest version of `name` on the registry at `api`.
pub fn newest(api: &str, name: &str) -> Option<String> {
    let v: serde_json::Value = ureq::get(&format!("{api}/crates/{name}")).call().ok()?.into_json().ok()?;
    Some(v["crate"]["max_version"].as_str()?.to_owned())
}

inert_fixture_does_not_build!();
