// Synthetic, inert fixture written from public reports; see README
//! Load variables from `.env`.
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The nearest `.env` from the working directory upwards.
pub fn find() -> Option<PathBuf> {
    let here = env::current_dir().ok()?;
    here.ancestors().map(|d| d.join(".env")).find(|f| f.is_file())
}

pub fn parse(text: &str) -> Vec<(String, String)> {
    text.lines()
        .map(str::trim)
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.strip_prefix("export ").unwrap_or(l).split_once('='))
        .map(|(k, v)| (k.trim().to_owned(), unquote(v.trim())))
        .collect()
}

fn unquote(value: &str) -> String {
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote).and_then(|v| v.strip_suffix(quote)) {
            return inner.replace("\\n", "\n");
        }
    }
    value.split(" #").next().unwrap_or_default().trim_end().to_owned()
}

/// Sets variables that are not set yet.
pub fn load() -> io::Result<PathBuf> {
    let file = find().ok_or(io::ErrorKind::NotFound)?;
    load_from(&file)?;
    Ok(file)
}

pub fn load_from(file: &Path) -> io::Result<()> {
    for (key, value) in parse(&fs::read_to_string(file)?) {
        if env::var_os(&key).is_none() {
            env::set_var(key, value);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn quotes_and_comments() {
        let got = super::parse("export API_KEY='abc'\n# SECRET=no\nURL=https://example.com # here");
        assert_eq!(got[0], ("API_KEY".into(), "abc".into()));
        assert_eq!(got[1].1, "https://example.com");
    }
}

inert_fixture_does_not_build!();
