// Synthetic, inert fixture written from public reports
//! Runs the schema compiler from a build script.

use std::env;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The release that this crate is made for.
pub const VERSION: &str = "25.3.0";

/// Where there is no program.
#[derive(Debug)]
pub enum Error {
    Missing,
    Io(io::Error),
    Version(String),
    Failed(String),
    #[cfg(feature = "download")]
    Download(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Missing => write!(f, "schemac was not found; install version {VERSION} or set SCHEMAC"),
            Error::Io(error) => write!(f, "schemac could not be run: {error}"),
            Error::Version(found) => write!(f, "schemac {VERSION} is needed, found {found}"),
            Error::Failed(text) => write!(f, "schemac refused the schema:\n{text}"),
            #[cfg(feature = "download")]
            Error::Download(text) => write!(f, "schemac could not be fetched: {text}"),
        }
    }
}

impl std::error::Error for Error {}

/// The compiler's program.
#[derive(Debug, Clone)]
pub struct Compiler {
    program: PathBuf,
}

impl Compiler {
    /// The program of `SCHEMAC`, or the first one of `PATH`.
    pub fn find() -> Result<Self, Error> {
        if let Some(program) = env::var_os("SCHEMAC") {
            return Compiler { program: program.into() }.checked();
        }
        let name = format!("schemac{}", env::consts::EXE_SUFFIX);
        let path = env::var_os("PATH").unwrap_or_default();
        let program = env::split_paths(&path).map(|folder| folder.join(&name)).find(|file| file.is_file());
        Compiler { program: program.ok_or(Error::Missing)? }.checked()
    }

    fn checked(self) -> Result<Self, Error> {
        let output = Command::new(&self.program).arg("--version").output().map_err(Error::Io)?;
        let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        if text.ends_with(VERSION) { Ok(self) } else { Err(Error::Version(text)) }
    }

    /// Compiles schemas to Rust and tells cargo when to do it again.
    pub fn compile(&self, schemas: &[&str], out: &Path) -> Result<(), Error> {
        for schema in schemas {
            println!("cargo:rerun-if-changed={schema}");
        }
        println!("cargo:rerun-if-env-changed=SCHEMAC");
        let output = Command::new(&self.program)
            .arg("--rust")
            .arg("--out")
            .arg(out)
            .args(schemas)
            .output()
            .map_err(Error::Io)?;
        if output.status.success() {
            return Ok(());
        }
        Err(Error::Failed(String::from_utf8_lossy(&output.stderr).into_owned()))
    }

    /// Fetches the pinned release into a folder of the caller, or takes the one that is there.
    #[cfg(feature = "download")]
    pub fn download(folder: &Path) -> Result<Self, Error> {
        use sha2::{Digest, Sha256};
        use std::io::Read;

        const RELEASES: &str = "https://releases.schemac.invalid";
        const DIGESTS: &[(&str, &str)] = &[
            ("linux-x86_64", "0b7f0c1a5d6e4f22938475a6b7c8d9e0f1a2b3c4d5e6f708192a3b4c5d6e7f80"),
            ("macos-aarch64", "91a0b1c2d3e4f5061728394a5b6c7d8e9fa0b1c2d3e4f5a6b7c8d9eafb0c1d2e"),
        ];
        let target = format!("{}-{}", env::consts::OS, env::consts::ARCH);
        let digest = DIGESTS.iter().find(|entry| entry.0 == target).ok_or(Error::Missing)?.1;
        let program = folder.join(format!("schemac-{VERSION}"));
        let bytes = match std::fs::read(&program) {
            Ok(bytes) => bytes,
            Err(_) => {
                let url = format!("{RELEASES}/{VERSION}/schemac-{target}");
                let answer = ureq::get(&url).call().map_err(|error| Error::Download(error.to_string()))?;
                let mut bytes = Vec::new();
                answer.into_reader().take(64 << 20).read_to_end(&mut bytes).map_err(Error::Io)?;
                bytes
            }
        };
        let found: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        if found != digest {
            return Err(Error::Download(format!("expected SHA-256 {digest}, found {found}")));
        }
        std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&program, bytes)).map_err(Error::Io)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::Permissions::from_mode(0o755);
            std::fs::set_permissions(&program, mode).map_err(Error::Io)?;
        }
        Compiler { program }.checked()
    }
}

inert_fixture_does_not_build!();
