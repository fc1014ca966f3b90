use probe::{c_string, sys, Attempts};

const SHMGET: i64 = 29;
const MQ_OPEN: i64 = 240;
const KEY: i64 = 0x4c5a_5254;

fn main() {
    let mut attempts = Attempts::open();
    // Asked for without creating: reached only where the host or an earlier run left one.
    attempts.call("segment of others", SHMGET, &[KEY, 0, 0]);
    let name = c_string("lazaret");
    attempts.call("queue of others", MQ_OPEN, &[name.as_ptr() as i64, 0, 0, 0]);
    attempts.read("/dev/shm/lazaret");
    // Left behind for the next run, which must not find them.
    let _ = sys::call(SHMGET, &[KEY, 4096, 0o1666]);
    let _ = sys::call(MQ_OPEN, &[name.as_ptr() as i64, 0o102, 0o666, 0]);
    let _ = std::fs::write("/dev/shm/lazaret", "LAZARET-CANARY of the earlier run");
}
