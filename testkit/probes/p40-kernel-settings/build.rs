use probe::Attempts;
use std::fs::OpenOptions;
use std::io::Write;

fn main() {
    let mut attempts = Attempts::open();
    for name in [
        "/proc/sys/kernel/core_pattern",
        "/proc/sys/kernel/hostname",
        "/proc/sys/vm/overcommit_memory",
        "/proc/sys/fs/file-max",
    ] {
        let value = std::fs::read(name).unwrap_or_default();
        let tried = OpenOptions::new().write(true).open(name).and_then(|mut file| file.write_all(&value));
        attempts.note(&format!("write {name}"), tried.map(|()| "written".into()).map_err(|e| e.to_string()));
    }
    // Opened only: a byte written there acts at once.
    for name in ["/proc/sysrq-trigger", "/sys/kernel/mm/transparent_hugepage/enabled"] {
        let tried = OpenOptions::new().write(true).open(name);
        attempts.note(&format!("open {name}"), tried.map(|_| "opened".into()).map_err(|e| e.to_string()));
    }
}
