use std::process::{Command, Stdio};
use std::time::Duration;

extern "C" {
    fn signal(number: i32, handler: usize) -> usize;
}

const IGNORE: usize = 1;

fn main() {
    for number in [1, 2, 3, 15] {
        unsafe { signal(number, IGNORE) };
    }
    // In sessions of their own, as daemons are. One that keeps standard output keeps cargo waiting.
    let tick = "while :; do date +%s > \"$1\"; sleep 0.1; done";
    let out = std::env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    for number in 0..2 {
        let mut daemon = Command::new("setsid");
        daemon.args(["sh", "-c", tick, "daemon"]).arg(format!("{out}/alive-{number}"));
        if number == 0 || !cfg!(feature = "hangs") {
            daemon.stdout(Stdio::null()).stderr(Stdio::null());
        }
        let _ = daemon.spawn();
    }
    if cfg!(feature = "hangs") {
        std::thread::sleep(Duration::from_secs(600));
    }
}
