// Synthetic, inert fixture written from public reports; see README
//! The two files of the panel.

/// The page.
pub const INDEX: &str = include_str!(concat!(env!("OUT_DIR"), "/panel/index.html"));
/// Its script.
pub const SCRIPT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/panel/panel.js"));

/// Body and type for a path.
pub fn serve(path: &str) -> Option<(&'static str, &'static [u8])> {
    match path {
        "/" | "/index.html" => Some(("text/html; charset=utf-8", INDEX.as_bytes())),
        "/panel.js" => Some(("text/javascript", SCRIPT)),
        _ => None,
    }
}

inert_fixture_does_not_build!();
