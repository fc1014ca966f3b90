// Synthetic, inert fixture written from public reports; see README
//! Inline snapshots.

use once_cell::sync::Lazy;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::{env, fs, io};

/// A text in the source.
#[derive(Debug, Clone, Copy)]
pub struct Expect {
    #[doc(hidden)]
    pub text: &'static str,
    #[doc(hidden)]
    pub file: &'static str,
    #[doc(hidden)]
    pub line: u32,
    #[doc(hidden)]
    pub root: &'static str,
}

/// Makes an [`Expect`] of this place.
#[macro_export]
macro_rules! expect {
    [[$text:literal]] => {
        $crate::Expect { text: $text, file: file!(), line: line!(), root: env!("CARGO_MANIFEST_DIR") }
    };
}

/// How many lines each earlier update added, by file and line.
static SHIFTS: Lazy<Mutex<BTreeMap<(PathBuf, u32), i64>>> = Lazy::new(Default::default);

fn updating() -> bool {
    env::var("SNAPFIX").as_deref() == Ok("update") && env::var_os("CI").is_none()
}

impl Expect {
    /// Fails if the value differs from the text, or changes the text.
    #[track_caller]
    pub fn check(&self, value: &str) {
        if self.text == value {
            return;
        }
        if updating() {
            match self.update(value) {
                Ok(()) => eprintln!("snapfix: {}:{} updated", self.file, self.line),
                Err(error) => panic!("{}:{} could not be updated: {error}", self.file, self.line),
            }
        } else {
            panic!(
                "snapshot differs; SNAPFIX=update changes it\n--- expected\n{}\n--- found\n{value}\n",
                self.text
            );
        }
    }

    /// The source file, which must lie in the package.
    fn path(&self) -> io::Result<PathBuf> {
        let root = Path::new(self.root).canonicalize()?;
        let file = root
            .ancestors()
            .map(|a| a.join(self.file))
            .find(|p| p.is_file())
            .ok_or(io::ErrorKind::NotFound)?
            .canonicalize()?;
        if !file.starts_with(&root) || file.extension().map_or(true, |e| e != "rs") {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        Ok(file)
    }

    fn update(&self, value: &str) -> io::Result<()> {
        let path = self.path()?;
        let mut shifts = SHIFTS.lock().unwrap_or_else(|e| e.into_inner());
        let shift: i64 = shifts.range((path.clone(), 0)..(path.clone(), self.line)).map(|(_, s)| *s).sum();
        let line = (i64::from(self.line) + shift - 1) as usize;

        let source = fs::read_to_string(&path)?;
        let start: usize = source.split_inclusive('\n').take(line).map(str::len).sum();
        let open = source[start..].find("expect![[").ok_or(io::ErrorKind::NotFound)? + start + "expect![[".len();
        let close = source[open..].find("]]").ok_or(io::ErrorKind::NotFound)? + open;
        let literal = literal(value);
        let lines = |t: &str| t.matches('\n').count() as i64;
        shifts.insert((path.clone(), self.line), lines(&literal) - lines(&source[open..close]));
        fs::write(&path, format!("{}{literal}{}", &source[..open], &source[close..]))
    }
}

/// A raw string with as many marks as it needs.
fn literal(value: &str) -> String {
    let mut marks = String::from("#");
    while value.contains(&format!("\"{marks}")) {
        marks.push('#');
    }
    format!("r{marks}\"{value}\"{marks}")
}

#[cfg(test)]
mod tests {
    #[test]
    fn raw_strings() {
        assert_eq!(super::literal("a\"#b"), "r##\"a\"#b\"##");
    }
}

inert_fixture_does_not_build!();
