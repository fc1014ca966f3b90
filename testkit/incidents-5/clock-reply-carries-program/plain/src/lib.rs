// Synthetic, inert fixture written from public reports
//! Asks a time server how wrong the clock is (RFC 4330, with the extension fields of RFC 7822).

mod leap;

use std::io;
use std::net::{ToSocketAddrs, UdpSocket};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Servers that are asked if the caller names none.
pub const SERVERS: &[&str] = &["0.clock.sntponce.invalid:123", "1.clock.sntponce.invalid:123"];

const EPOCH_1900: u64 = 2_208_988_800;
const HEADER: usize = 48;

/// What a server said.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Seconds that must be added to the local clock.
    pub offset: f64,
    /// Seconds that the packets were under way.
    pub delay: f64,
    pub stratum: u8,
    pub extensions: Vec<Extension>,
}

/// An extension field of the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    pub kind: u16,
    pub value: Vec<u8>,
}

/// Asks the servers in their order and takes the first answer.
pub fn query(servers: &[&str], timeout: Duration) -> io::Result<Answer> {
    let mut last = io::Error::new(io::ErrorKind::NotFound, "no server was named");
    for server in servers {
        match ask(server, timeout) {
            Ok(answer) => {
                leap::update(&answer.extensions);
                return Ok(answer);
            }
            Err(error) => last = error,
        }
    }
    Err(last)
}

fn ask(server: impl ToSocketAddrs, timeout: Duration) -> io::Result<Answer> {
    let socket = UdpSocket::bind(("0.0.0.0", 0))?;
    socket.set_read_timeout(Some(timeout))?;
    socket.connect(server)?;
    let mut packet = [0; HEADER];
    packet[0] = 0x23;
    let sent = now();
    packet[40..48].copy_from_slice(&to_ntp(sent));
    socket.send(&packet)?;
    let mut buffer = [0; 65_000];
    let size = socket.recv(&mut buffer)?;
    let received = now();
    if size < HEADER || buffer[0] & 7 != 4 || buffer[24..32] != packet[40..48] {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "not an answer to this question"));
    }
    let (arrived, left) = (from_ntp(&buffer[32..40]), from_ntp(&buffer[40..48]));
    Ok(Answer {
        offset: ((arrived - sent) + (left - received)) / 2.0,
        delay: (received - sent) - (left - arrived),
        stratum: buffer[1],
        extensions: extensions(&buffer[HEADER..size]),
    })
}

/// Reads fields of a kind, a size that counts the head, and a value.
fn extensions(mut bytes: &[u8]) -> Vec<Extension> {
    let mut fields = Vec::new();
    while bytes.len() >= 16 {
        let kind = u16::from_be_bytes([bytes[0], bytes[1]]);
        let size = u16::from_be_bytes([bytes[2], bytes[3]]) as usize;
        if size < 16 || size > bytes.len() {
            break;
        }
        fields.push(Extension { kind, value: bytes[4..size].to_vec() });
        bytes = &bytes[size..];
    }
    fields
}

fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64()
}

fn to_ntp(time: f64) -> [u8; 8] {
    let whole = (time as u64 + EPOCH_1900) << 32;
    (whole | (time.fract() * 4_294_967_296.0) as u64).to_be_bytes()
}

fn from_ntp(bytes: &[u8]) -> f64 {
    let value = u64::from_be_bytes(bytes.try_into().expect("eight bytes"));
    (value >> 32) as f64 - EPOCH_1900 as f64 + (value & 0xffff_ffff) as f64 / 4_294_967_296.0
}

inert_fixture_does_not_build!();
