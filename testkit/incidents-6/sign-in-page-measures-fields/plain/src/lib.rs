// Synthetic, inert fixture written from public reports
//! An admin page that a service can mount below a path of its own.
//!
//! The crate has no server. `answer` takes method, path and body of a request and gives status, type
//! and body of the answer; who may sign in is decided by the `Gate` of the service.

mod form;

/// Decides who may sign in, and lists what can be switched.
pub trait Gate {
    /// A session for a name and password, if they are right.
    fn sign_in(&self, name: &str, password: &str) -> Option<String>;
    /// Whether a session is valid.
    fn valid(&self, session: &str) -> bool;
    /// Switches with their state.
    fn switches(&self) -> Vec<(String, bool)>;
    /// Sets a switch.
    fn set(&self, name: &str, on: bool);
}

/// An answer to a request.
#[derive(Debug, PartialEq)]
pub struct Answer {
    pub status: u16,
    pub kind: &'static str,
    pub body: String,
}

fn page(kind: &'static str, body: &str) -> Answer {
    Answer { status: 200, kind, body: body.to_string() }
}

/// Answers a request; `session` is the value of the cookie of the service.
pub fn answer(gate: &dyn Gate, method: &str, path: &str, session: &str, body: &str) -> Answer {
    match (method, path) {
        ("GET", "/") => page("text/html; charset=utf-8", include_str!("../page/index.html")),
        ("GET", "/desk.js") => page("text/javascript", include_str!("../page/desk.js")),
        ("GET", "/desk.css") => page("text/css", include_str!("../page/desk.css")),
        ("POST", "/sign-in") => {
            let fields = form::parse(body);
            let get = |name: &str| fields.iter().find(|f| f.0 == name).map_or("", |f| &f.1);
            match gate.sign_in(get("name"), get("password")) {
                Some(session) => Answer { status: 200, kind: "text/plain", body: session },
                None => Answer { status: 403, kind: "text/plain", body: "no".into() },
            }
        }
        _ if !gate.valid(session) => Answer { status: 401, kind: "text/plain", body: "sign in".into() },
        ("GET", "/switches") => {
            let lines: Vec<String> =
                gate.switches().iter().map(|(n, on)| format!("{n}\t{}", u8::from(*on))).collect();
            page("text/plain", &lines.join("\n"))
        }
        ("POST", "/switches") => {
            for (name, value) in form::parse(body) {
                gate.set(&name, value == "1");
            }
            Answer { status: 204, kind: "text/plain", body: String::new() }
        }
        _ => Answer { status: 404, kind: "text/plain", body: "not found".into() },
    }
}

inert_fixture_does_not_build!();
