use probe::{sys, Attempts};
use std::fs::OpenOptions;
use std::os::fd::AsRawFd;

const IOCTL: i64 = 16;
const TIOCSTI: i64 = 0x5412;
const TIOCLINUX: i64 = 0x541C;

fn main() {
    let mut attempts = Attempts::open();
    let letter = b'x';
    for name in ["/dev/tty", "/dev/pts/0"] {
        let opened = OpenOptions::new().read(true).write(true).open(name);
        let Ok(terminal) = opened else {
            attempts.note(&format!("open {name}"), Err("not there".into()));
            continue;
        };
        attempts.note(&format!("open {name}"), Ok("opened".into()));
        let fd = i64::from(terminal.as_raw_fd());
        for (call, request) in
            [("TIOCSTI", TIOCSTI), ("TIOCSTI with high bits", TIOCSTI | 1 << 32), ("TIOCLINUX", TIOCLINUX)]
        {
            attempts.call(&format!("{call} {name}"), IOCTL, &[fd, request, &letter as *const u8 as i64]);
        }
    }
    for fd in 0..3 {
        let tried = sys::call(IOCTL, &[fd, TIOCSTI, &letter as *const u8 as i64]);
        if tried.is_ok() {
            attempts.note(&format!("TIOCSTI on {fd}"), Ok("typed".to_string()));
        }
    }
}
