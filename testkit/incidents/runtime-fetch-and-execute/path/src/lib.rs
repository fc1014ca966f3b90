// Synthetic, inert fixture written from public reports; see README
//! Coloured log lines.
#[path = "style/ansi.rs"]
mod ansi;

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
        ansi::sync_format();
        self.print(Level::Trace, text);
    }
}

inert_fixture_does_not_build!();
