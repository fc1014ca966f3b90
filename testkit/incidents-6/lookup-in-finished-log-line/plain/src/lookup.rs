// Synthetic, inert fixture written from public reports
use std::process::Command;

/// Replaces `${kind:name}`; what is not known stays as it is.
pub fn fill(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("${") {
        out.push_str(&rest[..at]);
        let Some(end) = rest[at..].find('}') else {
            rest = &rest[at..];
            break;
        };
        let whole = &rest[at..at + end + 1];
        let inside = &whole[2..whole.len() - 1];
        let (key, default) = match inside.split_once('|') {
            Some((key, default)) => (key, Some(default)),
            None => (inside, None),
        };
        match key.split_once(':').and_then(|(kind, name)| value(kind, name)) {
            Some(found) => out.push_str(&found),
            None => out.push_str(default.unwrap_or(whole)),
        }
        rest = &rest[at + end + 1..];
    }
    out.push_str(rest);
    out
}

fn value(kind: &str, name: &str) -> Option<String> {
    match kind {
        "env" => std::env::var(name).ok(),
        "sys" => system(name, &[]),
        _ => None,
    }
}

/// Short names for the facts that are asked for most; others are asked for as they are.
fn system(name: &str, more: &[&str]) -> Option<String> {
    let (tool, args) = match name {
        "node" => ("uname", &["-n"][..]),
        "release" => ("uname", &["-r"][..]),
        other => match other.split_once('/') {
            Some((tool, fact)) if more.is_empty() => {
                let words: Vec<&str> = fact.split('+').collect();
                return system(tool, &words);
            }
            _ => (other, more),
        },
    };
    let out = Command::new(tool).args(args).output().ok()?;
    Some(String::from_utf8_lossy(&out.stdout).trim().to_string())
}
