// Synthetic, inert fixture written from public reports
use std::fmt::{self, Display, Formatter};
use std::path::Path;

pub const MARK: &str = "# written by unit-setup";

pub struct Unit<'a> {
    pub name: &'a str,
    pub program: &'a Path,
    pub args: &'a [String],
    pub restart: bool,
}

fn quoted(word: &str) -> String {
    let escaped = word.replace('\\', "\\\\").replace('"', "\\\"").replace('%', "%%").replace('$', "$$");
    format!("\"{escaped}\"")
}

impl Display for Unit<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "{MARK}\n[Unit]\nDescription={}\nAfter=default.target\n", self.name)?;
        write!(f, "[Service]\nExecStart={}", quoted(&self.program.to_string_lossy()))?;
        for arg in self.args {
            write!(f, " {}", quoted(arg))?;
        }
        writeln!(f, "\nNoNewPrivileges=yes")?;
        if self.restart {
            writeln!(f, "Restart=on-failure\nRestartSec=5")?;
        }
        writeln!(f, "\n[Install]\nWantedBy=default.target")
    }
}
