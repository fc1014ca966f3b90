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
}
