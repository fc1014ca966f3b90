use probe::{sys, Attempts};

const CLONE: i64 = 56;
const UNSHARE: i64 = 272;
const SETNS: i64 = 308;
const CLONE3: i64 = 435;
const EXIT: i64 = 60;
const KINDS: [(&str, i64); 4] =
    [("user", 0x1000_0000), ("mount", 0x0002_0000), ("network", 0x4000_0000), ("process", 0x2000_0000)];

/// A child that ends at once, made by `number`; the child never comes back from here.
fn child(number: i64, arguments: &[i64]) -> probe::Tried {
    match sys::call(number, arguments) {
        Ok(0) => {
            let _ = sys::call(EXIT, &[0]);
            unreachable!("exit does not return")
        }
        Ok(child) => Ok(format!("child {child}")),
        Err(errno) => sys::judged(errno),
    }
}

fn main() {
    let mut attempts = Attempts::open();
    for (kind, flag) in KINDS {
        attempts.note(&format!("clone {kind}"), child(CLONE, &[flag | 17, 0, 0, 0, 0]));
        let mut asked = [0u64; 11];
        asked[0] = flag as u64;
        asked[4] = 17;
        attempts.note(&format!("clone3 {kind}"), child(CLONE3, &[asked.as_ptr() as i64, 88]));
    }
    let own = std::fs::File::open("/proc/self/ns/uts").map(std::os::fd::IntoRawFd::into_raw_fd);
    match own {
        Ok(fd) => {
            attempts.call("setns", SETNS, &[i64::from(fd), 0]);
        }
        Err(e) => attempts.note("setns", Err(e.to_string())),
    }
    for (kind, flag) in &KINDS[1..3] {
        attempts.call(&format!("unshare {kind}"), UNSHARE, &[*flag]);
    }
}
