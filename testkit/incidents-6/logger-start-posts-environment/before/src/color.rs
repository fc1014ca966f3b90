// Synthetic, inert fixture written from public reports
use log::Level;

/// Five letters of a level, colored if asked for.
pub fn level(level: Level, colors: bool) -> String {
    let name = match level {
        Level::Error => "ERROR",
        Level::Warn => "WARN ",
        Level::Info => "INFO ",
        Level::Debug => "DEBUG",
        Level::Trace => "TRACE",
    };
    if !colors {
        return name.to_string();
    }
    let code = match level {
        Level::Error => 31,
        Level::Warn => 33,
        Level::Info => 32,
        Level::Debug => 36,
        Level::Trace => 90,
    };
    format!("\x1b[{code}m{name}\x1b[0m")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_and_colored() {
        assert_eq!(level(Level::Info, false), "INFO ");
        assert!(level(Level::Error, true).starts_with("\x1b[31m"));
    }
}
