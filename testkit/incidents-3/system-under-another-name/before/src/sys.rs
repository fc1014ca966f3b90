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
