// Synthetic, inert fixture written from public reports; see README
//! Serves the dashboard below any path.
use include_dir::{include_dir, Dir};

static DIST: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/web/dist");

pub struct Reply {
    pub status: u16,
    pub content_type: String,
    pub body: &'static [u8],
}

/// The answer to a request for a path below the mount point.
pub fn handle(path: &str) -> Reply {
    let path = path.trim_start_matches('/');
    let path = if path.is_empty() { "index.html" } else { path };
    match DIST.get_file(path).or_else(|| fallback(path)) {
        Some(file) => Reply {
            status: 200,
            content_type: mime_guess::from_path(file.path()).first_or_octet_stream().to_string(),
            body: file.contents(),
        },
        None => Reply { status: 404, content_type: "text/plain".into(), body: b"not found" },
    }
}

// Paths of the client-side router have no ending.
fn fallback(path: &str) -> Option<&'static include_dir::File<'static>> {
    if path.contains('.') {
        None
    } else {
        DIST.get_file("index.html")
    }
}

inert_fixture_does_not_build!();
