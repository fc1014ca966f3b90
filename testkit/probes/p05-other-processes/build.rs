use probe::Attempts;
use std::path::Path;

fn main() {
    let mut attempts = Attempts::open();
    let mut canary = Err("no process shows it".to_string());
    for entry in std::fs::read_dir("/proc").expect("/proc can be listed").flatten() {
        for file in ["environ", "cmdline"] {
            if let Ok(text) = probe::content(&Path::new("/proc").join(entry.file_name()).join(file)) {
                // Its own environment is the business of another probe.
                if text.contains("LAZARET-CANARY") {
                    canary = Ok(format!("{}/{file}", entry.file_name().to_string_lossy()));
                }
            }
        }
    }
    attempts.note("canary in any process", canary);
    let first = probe::content(Path::new("/proc/1/environ"));
    attempts.note(
        "canary in process 1",
        first.and_then(|text| if text.contains("LAZARET-CANARY") { Ok(text) } else { Err("not there".into()) }),
    );
}
