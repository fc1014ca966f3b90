// Synthetic, inert fixture written from public reports
//! Asks for a password in a window or the terminal.

use std::io::{self, BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use zeroize::Zeroizing;

/// A question to the user.
#[derive(Clone, Debug)]
pub struct Question {
    /// The name of the program that asks.
    pub program: String,
    pub text: String,
}

/// How the question is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    AppleScript,
    Zenity,
    KDialog,
    Pinentry,
    Terminal,
}

fn have(program: &str) -> bool {
    std::env::var_os("PATH").map_or(false, |p| std::env::split_paths(&p).any(|d| d.join(program).is_file()))
}

/// The best way on this machine.
pub fn way() -> Way {
    let window = std::env::var_os("DISPLAY").is_some() || std::env::var_os("WAYLAND_DISPLAY").is_some();
    match () {
        _ if cfg!(target_os = "macos") => Way::AppleScript,
        _ if window && have("zenity") => Way::Zenity,
        _ if window && have("kdialog") => Way::KDialog,
        _ if have("pinentry") => Way::Pinentry,
        _ => Way::Terminal,
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn run(program: &str, arguments: &[String]) -> io::Result<Option<Zeroizing<String>>> {
    let out = Command::new(program).args(arguments).stderr(Stdio::null()).output()?;
    if !out.status.success() {
        return Ok(None);
    }
    let bytes = Zeroizing::new(out.stdout);
    Ok(Some(Zeroizing::new(String::from_utf8_lossy(&bytes).trim_end_matches('\n').to_string())))
}

fn pinentry(q: &Question) -> io::Result<Option<Zeroizing<String>>> {
    let mut child = Command::new("pinentry").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut to = child.stdin.take().expect("piped");
    let mut from = BufReader::new(child.stdout.take().expect("piped"));
    let mut line = String::new();
    from.read_line(&mut line)?;
    let escaped = q.text.replace('%', "%25").replace('\n', "%0A");
    for command in [format!("SETTITLE {}", q.program), format!("SETDESC {escaped}"), "GETPIN".to_string()] {
        writeln!(to, "{command}")?;
        line.clear();
        from.read_line(&mut line)?;
    }
    let answer = line.strip_prefix("D ").map(|d| Zeroizing::new(d.trim_end().replace("%25", "%")));
    let _ = writeln!(to, "BYE");
    child.wait()?;
    Ok(answer)
}

/// Asks; `None` if the user declined.
pub fn ask(q: &Question, way: Way) -> io::Result<Option<Zeroizing<String>>> {
    match way {
        Way::AppleScript => {
            let script = format!(
                "text returned of (display dialog {} with title {} default answer \"\" with hidden answer)",
                quoted(&q.text),
                quoted(&q.program)
            );
            run("osascript", &["-e".into(), script])
        }
        Way::Zenity => run("zenity", &["--password".into(), format!("--title={}: {}", q.program, q.text)]),
        Way::KDialog => run("kdialog", &["--title".into(), q.program.clone(), "--password".into(), q.text.clone()]),
        Way::Pinentry => pinentry(q),
        Way::Terminal => rpassword::prompt_password(format!("{}: {} ", q.program, q.text)).map(|p| Some(p.into())),
    }
}

inert_fixture_does_not_build!();
