use probe::Attempts;
use std::os::unix::fs::symlink;
use std::path::PathBuf;

fn main() {
    let mut attempts = Attempts::open();
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let target = out.ancestors().nth(4).expect("the target folder").to_path_buf();
    let home = probe::target("home");
    for name in ["tmp", ".cargo", "cargo-home", ".lock", "project", "CACHEDIR.TAG.new", "release", "doc"] {
        let planted = symlink(&home, target.join(name));
        // Its own folder: the harness judges by what the next run does with it.
        attempts.tell(&format!("link {name}"), planted);
    }
    for place in ["/project/.cargo", "/tmp/../project/planted", "/home/b/.ssh"] {
        let planted = symlink(&home, place);
        attempts.note(&format!("link {place}"), planted.map(|()| "made".into()).map_err(|e| e.to_string()));
    }
}
