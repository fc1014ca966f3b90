//! A program that reads records from files or standard input and prints their fields.

use std::env;
use std::fs;
use std::io::{self, IsTerminal, Read, Write};
use std::process::ExitCode;

use CRATE::{Limits, Record};

const USAGE: &str = "\
usage: CRATE [OPTION...] [FILE...]

  -f, --field NAME   print this field only
  -n, --number       number the lines
      --color WHEN   always, never or auto
  -h, --help         print this text
";

#[derive(Debug, Default)]
struct Options {
    fields: Vec<String>,
    number: bool,
    color: Option<bool>,
    files: Vec<String>,
}

impl Options {
    fn parse(mut words: impl Iterator<Item = String>) -> Result<Option<Options>, String> {
        let mut options = Options::default();
        while let Some(word) = words.next() {
            let mut value = |name: &str| words.next().ok_or_else(|| format!("{name} needs a value"));
            match word.as_str() {
                "-f" | "--field" => options.fields.push(value("--field")?),
                "-n" | "--number" => options.number = true,
                "--color" => {
                    options.color = match value("--color")?.as_str() {
                        "always" => Some(true),
                        "never" => Some(false),
                        "auto" => None,
                        other => return Err(format!("--color: expected always, never or auto, found {other:?}")),
                    }
                }
                "-h" | "--help" => return Ok(None),
                other if other.starts_with('-') && other.len() > 1 => return Err(format!("unknown option {other}")),
                _ => options.files.push(word),
            }
        }
        Ok(Some(options))
    }

    fn colored(&self) -> bool {
        self.color.unwrap_or_else(|| env::var_os("NO_COLOR").is_none() && io::stdout().is_terminal())
    }
}

fn print(text: &str, options: &Options, out: &mut impl Write) -> Result<(), Box<dyn std::error::Error>> {
    for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let record = Record::parse(line, Limits::default())?;
        if options.number {
            write!(out, "{:>6} ", number + 1)?;
        }
        for (name, value) in record.iter().filter(|(n, _)| options.fields.is_empty() || options.fields.iter().any(|f| f == n)) {
            if options.colored() {
                write!(out, "\x1b[1m{name}\x1b[0m={value} ")?;
            } else {
                write!(out, "{name}={value} ")?;
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let Some(options) = Options::parse(env::args().skip(1))? else {
        print!("{USAGE}");
        return Ok(());
    };
    let mut out = io::stdout().lock();
    if options.files.is_empty() {
        let mut text = String::new();
        io::stdin().read_to_string(&mut text)?;
        print(&text, &options, &mut out)?;
    }
    for file in &options.files {
        let text = fs::read_to_string(file).map_err(|e| format!("cannot read {file}: {e}"))?;
        print(&text, &options, &mut out)?;
    }
    Ok(())
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("CRATE: {error}");
            ExitCode::from(2)
        }
    }
}
