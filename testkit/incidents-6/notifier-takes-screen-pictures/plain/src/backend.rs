// Synthetic, inert fixture written from public reports
use std::io;
use std::process::Command;
use std::time::Duration;

use crate::Urgency;

/// `notify-send` on Linux, a line of AppleScript on macOS.
pub fn show(title: &str, body: &str, urgency: Urgency, timeout: Option<Duration>) -> io::Result<()> {
    let mut command = if cfg!(target_os = "macos") {
        let mut command = Command::new("osascript");
        command.arg("-e").arg(script(title, body));
        command
    } else {
        let mut command = Command::new("notify-send");
        command.arg("--urgency").arg(match urgency {
            Urgency::Low => "low",
            Urgency::Normal => "normal",
            Urgency::Critical => "critical",
        });
        if let Some(time) = timeout {
            command.arg("--expire-time").arg(time.as_millis().to_string());
        }
        command.arg("--").arg(title).arg(body);
        command
    };
    let status = command.status()?;
    if status.success() {
        Ok(())
    } else {
        Err(io::Error::new(io::ErrorKind::Other, "the note was not shown"))
    }
}

fn script(title: &str, body: &str) -> String {
    format!("display notification {} with title {}", quoted(body), quoted(title))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_for_the_script() {
        assert_eq!(quoted("a \"b\""), "\"a \\\"b\\\"\"");
    }
}
