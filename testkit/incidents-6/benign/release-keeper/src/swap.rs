// Synthetic, inert fixture written from public reports
use std::env;
use std::fs;
use std::io;
use std::process::Command;

use semver::Version;

/// Puts a program in the place of the running one after it told the right version.
pub fn replace(body: &[u8], version: &Version) -> io::Result<()> {
    let program = env::current_exe()?;
    let fresh = program.with_extension("fresh");
    fs::write(&fresh, body)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&fresh, fs::Permissions::from_mode(0o755))?;
    }
    let out = Command::new(&fresh).arg("--version").output()?;
    if !String::from_utf8_lossy(&out.stdout).contains(&version.to_string()) {
        fs::remove_file(&fresh)?;
        return Err(io::Error::new(io::ErrorKind::InvalidData, "the new program tells another version"));
    }
    fs::rename(&program, program.with_extension("before"))?;
    fs::rename(&fresh, &program)
}

pub fn back() -> io::Result<()> {
    let program = env::current_exe()?;
    fs::rename(program.with_extension("before"), &program)
}
