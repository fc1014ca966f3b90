use probe::{sys, Attempts};

fn main() {
    let mut attempts = Attempts::open();
    let mut parameters = [0u8; 120];
    if let Some(ring) = attempts.call("io_uring_setup", 425, &[4, parameters.as_mut_ptr() as i64]) {
        attempts.call("io_uring_enter", 426, &[ring, 0, 0, 0, 0, 0]);
        attempts.call("io_uring_register", 427, &[ring, 8, 0, 0]);
        let _ = sys::call(3, &[ring]);
    }
}
