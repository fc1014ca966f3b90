// Synthetic, inert fixture written from public reports
use std::io::{self, Write};
use std::process::{Command, Stdio};

/// A program pair for the clipboard.
pub struct Tool {
    copy: &'static [&'static str],
    paste: &'static [&'static str],
}

const TOOLS: [Tool; 4] = [
    Tool { copy: &["wl-copy", "--sensitive"], paste: &["wl-paste", "--no-newline"] },
    Tool {
        copy: &["xclip", "-selection", "clipboard"],
        paste: &["xclip", "-selection", "clipboard", "-o"],
    },
    Tool { copy: &["pbcopy"], paste: &["pbpaste"] },
    Tool { copy: &["clip.exe"], paste: &["powershell.exe", "-NoProfile", "-Command", "Get-Clipboard"] },
];

impl Tool {
    /// The first program that is there.
    pub fn find() -> Option<&'static Tool> {
        TOOLS.iter().find(|tool| {
            let path = std::env::var_os("PATH").unwrap_or_default();
            std::env::split_paths(&path).any(|folder| folder.join(tool.copy[0]).is_file())
        })
    }

    pub fn copy(&self, text: &str) -> io::Result<()> {
        let mut child =
            Command::new(self.copy[0]).args(&self.copy[1..]).stdin(Stdio::piped()).spawn()?;
        child.stdin.take().expect("piped").write_all(text.as_bytes())?;
        child.wait().map(|_| ())
    }

    pub fn paste(&self) -> io::Result<String> {
        let out = Command::new(self.paste[0]).args(&self.paste[1..]).output()?;
        Ok(String::from_utf8_lossy(&out.stdout).into_owned())
    }
}
