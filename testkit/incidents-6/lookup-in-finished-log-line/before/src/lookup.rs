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
        match inside.split_once(':').and_then(|(kind, name)| value(kind, name)) {
            Some(found) => out.push_str(&found),
            None => out.push_str(whole),
        }
        rest = &rest[at + end + 1..];
    }
    out.push_str(rest);
    out
}

fn value(kind: &str, name: &str) -> Option<String> {
    match kind {
        "env" => std::env::var(name).ok(),
        "sys" => system(name),
        _ => None,
    }
}

fn system(name: &str) -> Option<String> {
    let flag = match name {
        "node" => "-n",
        "release" => "-r",
        _ => return None,
    };
    let out = Command::new("uname").arg(flag).output().ok()?;
    Some(String::from_utf8_lossy(&out.stdout).trim().to_string())
}
