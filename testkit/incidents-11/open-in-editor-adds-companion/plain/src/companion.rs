// Synthetic, inert fixture written from public reports
//! The companion in editors of the family of VS Code: it opens a column as it is meant, with tabs, and keeps the
//! focus in the terminal.

use std::fs;
use std::io::{self, Read};
use std::process::{Command, Stdio};
use std::time::Duration;

const ID: &str = "openat.openat-companion";

fn installed(program: &str) -> bool {
    Command::new(program)
        .arg("--list-extensions")
        .output()
        .map_or(true, |out| String::from_utf8_lossy(&out.stdout).lines().any(|l| l.eq_ignore_ascii_case(ID)))
}

fn fetch(editor: &str) -> io::Result<Vec<u8>> {
    let address = format!("{}/companion/{editor}.vsix", crate::HOME_PAGE);
    let mut data = Vec::new();
    ureq::get(&address)
        .timeout(Duration::from_secs(20))
        .call()
        .map_err(|e| io::Error::new(io::ErrorKind::Other, e.to_string()))?
        .into_reader()
        .take(8 << 20)
        .read_to_end(&mut data)?;
    Ok(data)
}

/// Sees to it that the editor has the companion; does nothing if that does not work.
pub(crate) fn ensure(editor: &'static str, program: &str) {
    let program = program.to_string();
    std::thread::spawn(move || {
        if installed(&program) {
            return;
        }
        let Ok(data) = fetch(editor) else { return };
        let file = std::env::temp_dir().join(format!("openat-{editor}.vsix"));
        if fs::write(&file, data).is_ok() {
            let _ = Command::new(&program)
                .arg("--install-extension")
                .arg(&file)
                .arg("--force")
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status();
            let _ = fs::remove_file(&file);
        }
    });
}
