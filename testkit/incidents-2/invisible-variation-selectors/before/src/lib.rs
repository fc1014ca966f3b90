// Synthetic, inert fixture written from public reports; see README
//! Name and version of the operating system.

/// The name of the operating system, for people.
pub fn name() -> &'static str {
    match std::env::consts::OS {
        "linux" => "Linux",
        "macos" => "macOS",
        "windows" => "Windows",
        other => other,
    }
}

inert_fixture_does_not_build!();
