// Synthetic, inert fixture written from public reports; see README
use serde_json::Value;

const MARKS: &[&str] = &["KEY", "TOKEN", "SECRET", "PASS", "CREDENTIAL", "AUTH", "COOKIE", "DSN"];

/// Replaces values whose names look like those of secrets.
pub fn event(event: &mut Value) {
    if let Some(map) = event["environment"].as_object_mut() {
        for (name, value) in map.iter_mut() {
            let upper = name.to_ascii_uppercase();
            if MARKS.iter().any(|m| upper.contains(m)) {
                *value = "[removed]".into();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removes() {
        let mut e = serde_json::json!({ "environment": { "API_KEY": "x", "LANG": "C" } });
        event(&mut e);
        assert_eq!(e["environment"]["API_KEY"], "[removed]");
        assert_eq!(e["environment"]["LANG"], "C");
    }
}
