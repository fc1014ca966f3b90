// Synthetic, inert fixture written from public reports
//! The server side of a terminal multiplexer: panes with a shell each, and a local socket for clients.

mod pane;

pub use pane::Pane;

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};

/// The folder for sockets, which only the user may enter.
pub fn runtime_dir() -> io::Result<PathBuf> {
    let base = env::var_os("XDG_RUNTIME_DIR").map_or_else(env::temp_dir, PathBuf::from);
    let dir = base.join(format!("tile-mux-{}", nix::unistd::getuid()));
    if !dir.is_dir() {
        fs::DirBuilder::new().mode(0o700).create(&dir)?;
    }
    Ok(dir)
}

/// A session: numbered panes and a socket.
pub struct Session {
    panes: BTreeMap<u32, Pane>,
    listener: UnixListener,
    path: PathBuf,
    next: u32,
}

impl Session {
    pub fn open(name: &str) -> io::Result<Self> {
        let path = runtime_dir()?.join(name);
        if path.exists() && UnixStream::connect(&path).is_err() {
            fs::remove_file(&path)?;
        }
        let listener = UnixListener::bind(&path)?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600))?;
        Ok(Session { panes: BTreeMap::new(), listener, path, next: 1 })
    }

    /// Starts the user's shell in a new pane.
    pub fn split(&mut self, folder: &Path, columns: u16, rows: u16) -> io::Result<u32> {
        let shell = env::var("SHELL").unwrap_or_else(|_| "/bin/sh".into());
        let pane = Pane::spawn(&shell, folder, columns, rows)?;
        let id = self.next;
        self.next += 1;
        self.panes.insert(id, pane);
        Ok(id)
    }

    /// Serves one client: each line is a pane and keys for it.
    pub fn serve_one(&mut self) -> io::Result<()> {
        let (mut client, _) = self.listener.accept()?;
        let mut head = [0u8; 6];
        loop {
            if client.read_exact(&mut head).is_err() {
                return Ok(());
            }
            let id = u32::from_be_bytes([head[0], head[1], head[2], head[3]]);
            let mut keys = vec![0; u16::from_be_bytes([head[4], head[5]]) as usize];
            client.read_exact(&mut keys)?;
            let Some(pane) = self.panes.get_mut(&id) else { continue };
            pane.write_all(&keys)?;
            client.write_all(&pane.screen()?)?;
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

inert_fixture_does_not_build!();
