use probe::{c_string, sys, Attempts};

const OPEN: i64 = 2;
const CREAT: i64 = 85;
const CHMOD: i64 = 90;
const FCHMOD: i64 = 91;
const MKNOD: i64 = 133;
const OPENAT: i64 = 257;
const FCHMODAT: i64 = 268;
const OPENAT2: i64 = 437;
const FCHMODAT2: i64 = 452;
const AT_CWD: i64 = -100;
const CREATE: i64 = 0o100 | 0o1;

fn main() {
    let mut attempts = Attempts::open();
    let out = std::env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    let file = |name: &str| c_string(format!("{out}/{name}"));
    let plain = file("plain");
    std::fs::write(format!("{out}/plain"), "x").expect("OUT_DIR can be written");
    for mode in [0o4755, 0o2755] {
        attempts.call(&format!("chmod {mode:o}"), CHMOD, &[plain.as_ptr() as i64, mode]);
        attempts.call(&format!("fchmodat {mode:o}"), FCHMODAT, &[AT_CWD, plain.as_ptr() as i64, mode, 0]);
        attempts.call(&format!("fchmodat2 {mode:o}"), FCHMODAT2, &[AT_CWD, plain.as_ptr() as i64, mode, 0]);
        let opened = sys::call(OPEN, &[plain.as_ptr() as i64, 1, 0]).expect("its own file can be opened");
        attempts.call(&format!("fchmod {mode:o}"), FCHMOD, &[opened, mode]);
        let name = file(&format!("creat{mode:o}"));
        attempts.call(&format!("creat {mode:o}"), CREAT, &[name.as_ptr() as i64, mode]);
        let name = file(&format!("open{mode:o}"));
        attempts.call(&format!("open {mode:o}"), OPEN, &[name.as_ptr() as i64, CREATE, mode]);
        let name = file(&format!("openat{mode:o}"));
        attempts.call(&format!("openat {mode:o}"), OPENAT, &[AT_CWD, name.as_ptr() as i64, CREATE, mode]);
        let name = file(&format!("openat2-{mode:o}"));
        let how = [CREATE as u64, mode as u64, 0u64];
        attempts.call(&format!("openat2 {mode:o}"), OPENAT2, &[AT_CWD, name.as_ptr() as i64, how.as_ptr() as i64, 24]);
        let name = file(&format!("mknod{mode:o}"));
        attempts.call(&format!("mknod {mode:o}"), MKNOD, &[name.as_ptr() as i64, 0o100000 | mode, 0]);
    }
}
