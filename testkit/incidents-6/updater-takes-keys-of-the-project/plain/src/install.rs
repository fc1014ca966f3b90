// Synthetic, inert fixture written from public reports
use std::fs;
use std::io;

/// Writes a program beside the running one and puts it in its place.
pub fn replace(body: &[u8]) -> io::Result<()> {
    let program = std::env::current_exe()?;
    let fresh = program.with_extension("new");
    fs::write(&fresh, body)?;
    fs::set_permissions(&fresh, fs::metadata(&program)?.permissions())?;
    if cfg!(windows) {
        fs::rename(&program, program.with_extension("old"))?;
    }
    fs::rename(&fresh, &program)
}
