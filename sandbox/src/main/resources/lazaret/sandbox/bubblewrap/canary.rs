//! Tries what a hostile build script tries, and tells what came of it, a line each: `denied NAME`
//! or `OPEN NAME`. The last line is `complete`. Does nothing that would harm if it succeeded.
use std::ffi::c_long;
use std::fs::{self, OpenOptions};
use std::os::unix::fs::PermissionsExt;

extern "C" {
    fn syscall(number: c_long, ...) -> c_long;
}

#[cfg(target_arch = "x86_64")]
mod number {
    pub const SOCKET: i64 = 41;
    pub const PTRACE: i64 = 101;
    pub const ADD_KEY: i64 = 248;
    pub const KEYCTL: i64 = 250;
    pub const UNSHARE: i64 = 272;
    pub const PROCESS_VM_READV: i64 = 310;
    pub const BPF: i64 = 321;
}

#[cfg(target_arch = "aarch64")]
mod number {
    pub const UNSHARE: i64 = 97;
    pub const PTRACE: i64 = 117;
    pub const SOCKET: i64 = 198;
    pub const ADD_KEY: i64 = 217;
    pub const KEYCTL: i64 = 219;
    pub const PROCESS_VM_READV: i64 = 270;
    pub const BPF: i64 = 280;
}

const IO_URING_SETUP: i64 = 425;
const NEW_USER_NAMESPACE: i64 = 0x1000_0000;
/// Unlike PTRACE_ATTACH, it would stop nobody.
const SEIZE: i64 = 0x4206;
const SESSION_KEYRING: i64 = -3;

fn tell(name: &str, open: bool) {
    println!("{} {}", if open { "OPEN" } else { "denied" }, name);
}

fn call(name: &str, number: i64, a: [i64; 5]) {
    let answer = unsafe { syscall(number, a[0], a[1], a[2], a[3], a[4]) };
    tell(name, answer >= 0);
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let outside = &arguments[1];
    tell("a file of the machine", fs::read(outside).is_ok());
    tell("a file of the machine through process 1", fs::read(format!("/proc/1/root{outside}")).is_ok());
    for place in ["/project/new", "/opt/rust/new", "/usr/bin/new", "/etc/new", "/home/b/new"] {
        tell(&format!("writing {place}"), fs::write(place, "x").is_ok());
    }
    for setting in ["kernel/core_pattern", "kernel/hostname", "vm/drop_caches"] {
        let file = format!("/proc/sys/{setting}");
        tell(&format!("opening {file}"), OpenOptions::new().write(true).open(&file).is_ok());
    }
    let first = fs::read_to_string("/proc/1/environ").unwrap_or_default();
    let foreign = first.split('\0').any(|v| !v.is_empty() && !["PATH=", "PWD="].iter().any(|n| v.starts_with(n)));
    tell("the launcher's environment", foreign);
    let keys = fs::read_to_string("/proc/keys").unwrap_or_default();
    tell("the list of keys", !keys.is_empty());
    fs::write("/out/probe", "x").expect("the target folder can be written");
    let setuid = fs::set_permissions("/out/probe", fs::Permissions::from_mode(0o4755)).is_ok();
    tell("the setuid bit", setuid);
    call("the session keyring", number::KEYCTL, [0, SESSION_KEYRING, 0, 0, 0]);
    call("a new key", number::ADD_KEY, [c"user".as_ptr() as i64, c"n".as_ptr() as i64, c"v".as_ptr() as i64, 1, SESSION_KEYRING]);
    call("a user namespace", number::UNSHARE, [NEW_USER_NAMESPACE, 0, 0, 0, 0]);
    call("io_uring", IO_URING_SETUP, [0; 5]);
    call("tracing process 1", number::PTRACE, [SEIZE, 1, 0, 0, 0]);
    call("the memory of process 1", number::PROCESS_VM_READV, [1, 0, 0, 0, 0]);
    call("bpf", number::BPF, [0; 5]);
    if arguments.len() > 2 {
        // Reported: a socket is a dead one, and the decoy is there to be opened.
        tell("a connection", std::net::TcpStream::connect("203.0.113.7:443").is_ok());
        let _ = fs::read("/home/b/.netrc");
    } else {
        for (name, family) in [("unix", 1), ("internet", 2), ("netlink", 16), ("vsock", 40)] {
            call(&format!("a socket ({name})"), number::SOCKET, [family, 1, 0, 0, 0]);
        }
    }
    println!("complete");
}
