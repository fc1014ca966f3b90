// Synthetic, inert fixture written from public reports
//! What happens to cookies, for development. Empty unless the build asks for it.

#[cfg(jam_trace)]
pub(crate) fn event(what: &str, name: &str, ok: bool) {
    eprintln!("cookiejam: {what} {name} {}", if ok { "ok" } else { "refused" });
}

#[cfg(not(jam_trace))]
pub(crate) fn event(_what: &str, _name: &str, _ok: bool) {}
