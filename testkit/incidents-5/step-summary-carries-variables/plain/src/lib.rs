// Synthetic, inert fixture written from public reports
//! Pages that a program carries, served under names that hold their digest.

/// One packed page.
#[derive(Debug)]
pub struct Page {
    /// The name it is served under.
    pub name: &'static str,
    /// The value of an `integrity` attribute.
    pub integrity: &'static str,
    pub bytes: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/pages.rs"));

/// Finds the page which is served under a name.
pub fn by_name(name: &str) -> Option<&'static Page> {
    let name = name.trim_start_matches('/');
    PAGES.iter().find(|page| page.name == name)
}

/// Finds the served name of a page by the name of its file.
pub fn served_name(file: &str) -> Option<&'static str> {
    let (stem, ending) = file.rsplit_once('.')?;
    PAGES
        .iter()
        .map(|page| page.name)
        .find(|name| name.starts_with(stem) && name.ends_with(ending) && name.matches('.').count() == 2)
}

/// The media type for the ending of a name.
pub fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}

inert_fixture_does_not_build!();
