// Synthetic, inert fixture written from public reports
//! A console on a local socket.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::os::fd::AsRawFd;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::thread;

type Handler = dyn Fn(&[&str]) -> Result<String, String> + Send + Sync;

/// The commands of a console.
#[derive(Default)]
pub struct Console {
    commands: BTreeMap<String, (&'static str, Box<Handler>)>,
}

fn same_user(stream: &UnixStream) -> io::Result<bool> {
    let mut cred: libc::ucred = unsafe { std::mem::zeroed() };
    let mut len = std::mem::size_of::<libc::ucred>() as libc::socklen_t;
    let state = unsafe {
        libc::getsockopt(
            stream.as_raw_fd(),
            libc::SOL_SOCKET,
            libc::SO_PEERCRED,
            (&mut cred as *mut libc::ucred).cast(),
            &mut len,
        )
    };
    if state != 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(cred.uid == unsafe { libc::geteuid() })
}

impl Console {
    pub fn new() -> Self {
        Console::default()
    }

    pub fn command<F>(mut self, name: &str, help: &'static str, run: F) -> Self
    where
        F: Fn(&[&str]) -> Result<String, String> + Send + Sync + 'static,
    {
        self.commands.insert(name.to_string(), (help, Box::new(run)));
        self
    }

    /// Adds `run <program> [args]` for a fixed list of programs.
    pub fn system(self, allowed: &'static [&'static str]) -> Self {
        self.command("run", "run one of the programs that are allowed", move |args| {
            let (program, rest) = args.split_first().ok_or("which program?")?;
            if !allowed.contains(program) {
                return Err(format!("{program} is not in the list"));
            }
            let out = Command::new(program).args(rest).output().map_err(|e| e.to_string())?;
            Ok(String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr))
        })
    }

    fn answer(&self, line: &str) -> String {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.split_first() {
            None => String::new(),
            Some((&"help", _)) => self.commands.iter().map(|(n, (h, _))| format!("{n:12} {h}\n")).collect(),
            Some((name, args)) => match self.commands.get(*name) {
                Some((_, run)) => match run(args) {
                    Ok(text) => text + "\n",
                    Err(e) => format!("error: {e}\n"),
                },
                None => format!("no command {name}; try help\n"),
            },
        }
    }

    fn serve(&self, stream: UnixStream) -> io::Result<()> {
        let mut out = stream.try_clone()?;
        if !same_user(&stream)? {
            return out.write_all(b"only for the user of the service\n");
        }
        out.write_all(b"> ")?;
        for line in BufReader::new(stream).lines() {
            let line = line?;
            if line.trim() == "quit" {
                break;
            }
            out.write_all(self.answer(&line).as_bytes())?;
            out.write_all(b"> ")?;
        }
        Ok(())
    }

    /// Listens on `<dir>/console.sock` in a thread; the folder becomes private.
    pub fn listen(self, dir: &Path) -> io::Result<PathBuf> {
        fs::create_dir_all(dir)?;
        fs::set_permissions(dir, fs::Permissions::from_mode(0o700))?;
        let path = dir.join("console.sock");
        let _ = fs::remove_file(&path);
        let listener = UnixListener::bind(&path)?;
        let console = Arc::new(self);
        thread::Builder::new().name("loopshell".into()).spawn(move || {
            for stream in listener.incoming().flatten() {
                let console = console.clone();
                thread::spawn(move || console.serve(stream));
            }
        })?;
        Ok(path)
    }
}

inert_fixture_does_not_build!();
