use probe::{sys, Attempts};
use std::os::fd::AsRawFd;
use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};
use std::os::unix::net::{UnixDatagram, UnixStream};

const SENDMSG: i64 = 46;
const SOCKETPAIR: i64 = 53;
const NONBLOCK: i32 = 0o4000;
const DATAGRAM: i64 = 2;
const RAW: i64 = 3;

fn main() {
    let mut attempts = Attempts::open();
    let folder = probe::project().join("dev");
    let stream = folder.join("stream.sock");
    let datagram = folder.join("datagram.sock");
    let fifo = folder.join("pipe");

    let tried = UnixStream::connect(&stream);
    attempts.note("stream socket", tried.map(|_| "connected".into()).map_err(|e| e.to_string()));
    let tried = UnixDatagram::unbound().and_then(|socket| socket.send_to(b"taken", &datagram));
    attempts.note("datagram socket", tried.map(|_| "sent".into()).map_err(|e| e.to_string()));
    for (name, kind) in [("pair of datagram sockets", DATAGRAM), ("pair of raw sockets", RAW)] {
        attempts.note(name, through_a_pair(kind, datagram.to_str().expect("UTF-8")));
    }
    let tried = std::fs::symlink_metadata(&fifo)
        .map_err(|e| e.to_string())
        .and_then(|file| if file.file_type().is_fifo() { Ok(()) } else { Err("no FIFO".to_string()) })
        .and_then(|()| {
            let mut options = std::fs::OpenOptions::new();
            options.write(true).custom_flags(NONBLOCK);
            options.open(&fifo).map(|f| format!("descriptor {}", f.as_raw_fd())).map_err(|e| e.to_string())
        });
    attempts.note("FIFO", tried);
}

/// Sends a message whose address is behind a pointer: no filter sees it.
fn through_a_pair(kind: i64, path: &str) -> probe::Tried {
    let mut pair = [0i32; 2];
    sys::call(SOCKETPAIR, &[1, kind, 0, pair.as_mut_ptr() as i64]).map_err(|e| e.to_string())?;
    let mut address = vec![1u8, 0];
    address.extend_from_slice(path.as_bytes());
    address.push(0);
    let text = b"taken";
    let part = [text.as_ptr() as usize, text.len()];
    let message: [usize; 7] = [address.as_ptr() as usize, address.len(), part.as_ptr() as usize, 1, 0, 0, 0];
    match sys::call(SENDMSG, &[i64::from(pair[0]), message.as_ptr() as i64, 0]) {
        Ok(sent) => Ok(format!("sent {sent} bytes")),
        Err(errno) => Err(std::io::Error::from_raw_os_error(errno).to_string()),
    }
}
