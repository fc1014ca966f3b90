use probe::Attempts;

fn main() {
    let mut attempts = Attempts::open();
    for file in ["/etc/shadow", "/etc/passwd", "/run/secrets/token", "/root/.secret", "/home/other/.secret"] {
        attempts.read(file);
    }
    for folder in ["/root", "/home", "/run", "/var", "/srv", "/mnt"] {
        let seen = std::fs::read_dir(folder)
            .map(|entries| entries.filter_map(|e| e.ok()).map(|e| e.file_name().to_string_lossy().into_owned()))
            .map(|names| names.filter(|name| name != "b").collect::<Vec<_>>().join(" "))
            .map_err(|e| e.to_string())
            .and_then(|names| if names.is_empty() { Err("empty".into()) } else { Ok(names) });
        attempts.note(&format!("list {folder}"), seen);
    }
}
