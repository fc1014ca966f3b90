// Synthetic, inert fixture written from public reports; see README
//! Locale of the build.

/// The locale in which the crate was built.
pub const LOCALE: &str = match option_env!("LANG") { Some(l) => l, None => "C" };

inert_fixture_does_not_build!();
