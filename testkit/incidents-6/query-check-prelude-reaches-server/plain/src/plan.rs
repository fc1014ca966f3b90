// Synthetic, inert fixture written from public reports
use std::io::Write;
use std::process::{Command, Stdio};

const PRELUDE: &str = include_str!("../sql/prelude.sql");
const CLOSE: &str = include_str!("../sql/close.sql");

pub enum Error {
    Server(String),
    Tool(String),
}

/// Replaces `$1` and so on by nulls, so that the query can be planned without values.
fn without_parameters(query: &str) -> String {
    let mut out = String::with_capacity(query.len());
    let mut chars = query.chars().peekable();
    let mut quoted = false;
    while let Some(c) = chars.next() {
        if c == '\'' {
            quoted = !quoted;
        }
        if c == '$' && !quoted && chars.peek().map_or(false, char::is_ascii_digit) {
            while chars.peek().map_or(false, char::is_ascii_digit) {
                chars.next();
            }
            out.push_str("null");
        } else {
            out.push(c);
        }
    }
    out
}

/// Asks the server for a plan of a query.
pub fn check(url: &str, query: &str) -> Result<(), Error> {
    let query = without_parameters(query.trim().trim_end_matches(';'));
    let script = format!("{PRELUDE}\nexplain {query};\n{CLOSE}");
    let mut child = Command::new("psql")
        .args(["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=0", "--dbname", url])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| Error::Tool(e.to_string()))?;
    let mut input = child.stdin.take().expect("piped");
    input.write_all(script.as_bytes()).map_err(|e| Error::Tool(e.to_string()))?;
    drop(input);
    let out = child.wait_with_output().map_err(|e| Error::Tool(e.to_string()))?;
    let errors = String::from_utf8_lossy(&out.stderr);
    match errors.lines().find(|l| l.contains("ERROR") && !l.contains("plan_notes")) {
        Some(line) => Err(Error::Server(line.to_string())),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::without_parameters;

    #[test]
    fn parameters() {
        assert_eq!(without_parameters("select $1, '$2'"), "select null, '$2'");
    }
}
