use probe::{c_string, Attempts};

fn main() {
    let mut attempts = Attempts::open();
    let out = std::env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    std::fs::create_dir_all(format!("{out}/mnt")).expect("OUT_DIR can be written");
    let root = c_string("/");
    let own = c_string(format!("{out}/mnt"));
    let kind = c_string("tmpfs");
    let remount = 0x20 | 0x1000;
    // Before anything is mounted there: the kernel then complains that it is no mount point, instead of turning everything.
    attempts.call("pivot_root", 155, &[own.as_ptr() as i64, own.as_ptr() as i64]);
    attempts.call("mount", 165, &[kind.as_ptr() as i64, own.as_ptr() as i64, kind.as_ptr() as i64, 0, 0]);
    attempts.call("remount writable", 165, &[0, root.as_ptr() as i64, 0, remount, 0]);
    attempts.call("fsopen", 430, &[kind.as_ptr() as i64, 0]);
    attempts.call("open_tree", 428, &[-100, root.as_ptr() as i64, 1]);
    attempts.call("mount_setattr", 442, &[-100, root.as_ptr() as i64, 0, 0, 0]);
    attempts.call("move_mount", 429, &[-100, own.as_ptr() as i64, -100, own.as_ptr() as i64, 0x1000]);
    attempts.call("umount2", 166, &[own.as_ptr() as i64, 2]);
    attempts.call("chroot", 161, &[own.as_ptr() as i64]);
}
