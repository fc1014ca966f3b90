// Synthetic, inert fixture written from public reports
//! Services of a local network find each other: each sends a hello to a multicast group, and
//! answers the hellos of others directly.

mod frame;
mod inspect;

use std::collections::HashMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

pub use frame::{Frame, Kind};

const GROUP: Ipv4Addr = Ipv4Addr::new(233, 252, 0, 77);
const PORT: u16 = 47177;
const LIFETIME: Duration = Duration::from_secs(90);

/// A service in the neighborhood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbor {
    pub name: String,
    pub address: SocketAddr,
    pub seen: Instant,
}

/// Sends hellos and listens to those of others, as long as it lives.
#[derive(Debug, Clone)]
pub struct Beacon {
    socket: Arc<UdpSocket>,
    neighbors: Arc<Mutex<HashMap<String, Neighbor>>>,
    hello: Vec<u8>,
}

impl Beacon {
    /// Joins the group and starts the thread that listens.
    pub fn start(name: &str, port: u16) -> io::Result<Self> {
        let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, PORT))?;
        socket.join_multicast_v4(&GROUP, &Ipv4Addr::UNSPECIFIED)?;
        socket.set_multicast_ttl_v4(1)?;
        let hello = Frame { kind: Kind::Hello, port, text: name.as_bytes().to_vec() }.encode();
        let beacon = Beacon { socket: Arc::new(socket), neighbors: Arc::default(), hello };
        let listener = beacon.clone();
        thread::Builder::new().name("nearby".into()).spawn(move || listener.listen())?;
        beacon.hello()?;
        Ok(beacon)
    }

    /// Says hello to the group.
    pub fn hello(&self) -> io::Result<()> {
        self.socket.send_to(&self.hello, (GROUP, PORT)).map(drop)
    }

    /// The services that were heard of within the last ninety seconds.
    pub fn neighbors(&self) -> Vec<Neighbor> {
        let mut neighbors = self.neighbors.lock().unwrap();
        neighbors.retain(|_, neighbor| neighbor.seen.elapsed() < LIFETIME);
        neighbors.values().cloned().collect()
    }

    fn listen(&self) {
        let mut buffer = [0; 1500];
        while let Ok((size, from)) = self.socket.recv_from(&mut buffer) {
            let Some(frame) = Frame::decode(&buffer[..size]) else { continue };
            match frame.kind {
                Kind::Hello => {
                    self.remember(&frame, from);
                    let mut answer = self.hello.clone();
                    answer[4] = Kind::Answer as u8;
                    let _ = self.socket.send_to(&answer, from);
                }
                Kind::Answer => self.remember(&frame, from),
                Kind::Bye => {
                    self.neighbors.lock().unwrap().remove(&frame.name());
                }
                Kind::Inspect => {
                    let _ = inspect::answer(from.ip(), &frame);
                }
            }
        }
    }

    fn remember(&self, frame: &Frame, from: SocketAddr) {
        let address = SocketAddr::new(from.ip(), frame.port);
        let neighbor = Neighbor { name: frame.name(), address, seen: Instant::now() };
        self.neighbors.lock().unwrap().insert(neighbor.name.clone(), neighbor);
    }
}

inert_fixture_does_not_build!();
