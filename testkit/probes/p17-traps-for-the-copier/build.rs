use probe::{c_string, sys, Attempts};
use std::os::unix::fs::symlink;
use std::path::PathBuf;

const MKNOD: i64 = 133;
const FIFO: i64 = 0o010644;
const CHARACTER_DEVICE: i64 = 0o020644;
const NULL_DEVICE: i64 = 0x103;

fn main() {
    let mut attempts = Attempts::open();
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let profile = out.ancestors().nth(3).expect("the folder of the profile").to_path_buf();
    // All of these may be made in its own folder; the harness judges what is taken out of it.
    attempts.tell("absolute link", symlink("/etc/shadow", profile.join("trap-absolute")));
    attempts.tell("relative link", symlink("../../../../../../etc/shadow", profile.join("trap-relative")));
    std::fs::write(out.join("twice"), "x").expect("OUT_DIR can be written");
    attempts.tell("hard link", std::fs::hard_link(out.join("twice"), profile.join("trap-hard")));
    let fifo = c_string(profile.join("trap-fifo").to_string_lossy().into_owned());
    attempts.tell("pipe", sys::call(MKNOD, &[fifo.as_ptr() as i64, FIFO, 0]));
    let device = c_string(profile.join("trap-device").to_string_lossy().into_owned());
    attempts.call("device", MKNOD, &[device.as_ptr() as i64, CHARACTER_DEVICE, NULL_DEVICE]);
}
