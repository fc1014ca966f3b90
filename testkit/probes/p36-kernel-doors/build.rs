use probe::{c_string, Attempts};

fn main() {
    let mut attempts = Attempts::open();
    let here = c_string(std::env::var("OUT_DIR").expect("cargo sets OUT_DIR"));
    let itself = c_string(format!("{}/attempts.tsv", std::env::var("OUT_DIR").expect("cargo sets OUT_DIR")));
    let attribute = c_string("user.probe");
    let mut space = [0u8; 256];
    let at = space.as_mut_ptr() as i64;
    attempts.call("bpf", 321, &[0, at, 72]);
    attempts.call("userfaultfd", 323, &[0x0008_0000]);
    // A software clock of itself: type 1, size 112, config 0.
    let mut counter = [0u64; 14];
    counter[0] = 1 | 112 << 32;
    attempts.call("perf_event_open", 298, &[counter.as_ptr() as i64, 0, -1, -1, 0]);
    attempts.call("fanotify_init", 300, &[0, 0]);
    attempts.call("name_to_handle_at", 303, &[-100, itself.as_ptr() as i64, at, at + 128, 0]);
    // No segments, an unknown flag: the kernel complains about the flag where it lets one in.
    attempts.call("kexec_load", 246, &[0, 0, 0, 0x4000]);
    attempts.call("init_module", 175, &[at, 0, at]);
    attempts.call("syslog", 103, &[10, 0, 0]);
    attempts.call("quotactl", 179, &[0x0080_0001_u32 as i64, 0, 0, at]);
    attempts.call("swapon", 167, &[itself.as_ptr() as i64, 0]);
    attempts.call("settimeofday", 164, &[0, at + 64]);
    attempts.call("sethostname", 170, &[at, 65]);
    attempts.call("iopl", 172, &[4]);
    attempts.call("modify_ldt", 154, &[0, at, 16]);
    attempts.call("memfd_secret", 447, &[0]);
    attempts.call("setxattr", 188, &[here.as_ptr() as i64, attribute.as_ptr() as i64, at, 1, 0]);
}
