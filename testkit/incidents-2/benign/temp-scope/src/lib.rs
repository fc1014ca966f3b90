// Synthetic, inert fixture written from public reports; see README
//! Temporary folders.
use std::{fs, io, path::PathBuf};

/// A folder that is removed at the end.
///
/// ```
/// # use std::process::Command;
/// # fn main() -> std::io::Result<()> {
/// let dir = temp_scope::Scope::new("demo")?;
/// let status = Command::new("true").current_dir(&dir.0).status();
/// # drop(status);
/// # std::fs::write(dir.0.join("x"), "1")?;
/// # Ok(())
/// # }
/// ```
pub struct Scope(pub PathBuf);

impl Scope {
    /// A folder whose name begins with `name`.
    pub fn new(name: &str) -> io::Result<Scope> {
        let dir = std::env::temp_dir().join(format!("{name}-{}", std::process::id()));
        fs::create_dir(&dir)?;
        Ok(Scope(dir))
    }
}

impl Drop for Scope {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

inert_fixture_does_not_build!();
