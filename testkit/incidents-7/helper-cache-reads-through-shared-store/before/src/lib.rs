// Synthetic, inert fixture written from public reports
//! Compiles helper programs once and keeps them.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::io;
use std::path::PathBuf;
use std::process::{Command, Output};

/// Where the programs lie.
#[derive(Clone, Debug)]
pub struct Yard {
    dir: PathBuf,
    compiler: String,
    flags: Vec<String>,
}

impl Yard {
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Yard { dir: dir.into(), compiler: "cc".into(), flags: vec!["-O1".into()] }
    }

    pub fn compiler(mut self, program: impl Into<String>) -> Self {
        self.compiler = program.into();
        self
    }

    pub fn flag(mut self, flag: impl Into<String>) -> Self {
        self.flags.push(flag.into());
        self
    }

    fn version(&self) -> io::Result<String> {
        let out = Command::new(&self.compiler).arg("--version").output()?;
        Ok(String::from_utf8_lossy(&out.stdout).lines().next().unwrap_or("").to_string())
    }

    fn key(&self, source: &str) -> io::Result<String> {
        let mut h = DefaultHasher::new();
        source.hash(&mut h);
        self.flags.hash(&mut h);
        self.version()?.hash(&mut h);
        Ok(format!("{:016x}", h.finish()))
    }

    fn build(&self, source: &str, to: &PathBuf) -> io::Result<()> {
        let c = to.with_extension("c");
        fs::write(&c, source)?;
        let out = Command::new(&self.compiler).args(&self.flags).arg("-o").arg(to).arg(&c).output()?;
        if out.status.success() {
            Ok(())
        } else {
            Err(io::Error::new(io::ErrorKind::Other, String::from_utf8_lossy(&out.stderr).into_owned()))
        }
    }

    /// The program for a source; it is compiled if it is not there yet.
    pub fn program(&self, source: &str) -> io::Result<PathBuf> {
        fs::create_dir_all(&self.dir)?;
        let path = self.dir.join(self.key(source)?);
        if !path.exists() {
            self.build(source, &path)?;
        }
        Ok(path)
    }

    /// Runs the program for a source.
    pub fn run(&self, source: &str, args: &[&str]) -> io::Result<Output> {
        Command::new(self.program(source)?).args(args).output()
    }

    /// Forgets everything.
    pub fn clear(&self) -> io::Result<()> {
        match fs::remove_dir_all(&self.dir) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other,
        }
    }
}

inert_fixture_does_not_build!();
