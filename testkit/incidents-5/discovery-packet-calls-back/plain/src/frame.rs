// Synthetic, inert fixture written from public reports
//! The form of a packet: four letters, a kind, a port, a size and that many bytes of text.

const MAGIC: &[u8; 4] = b"NRBY";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    Hello = 1,
    Answer = 2,
    Bye = 3,
    /// Asks for details on a connection of its own; for tools that look into a network.
    Inspect = 0x49,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    pub kind: Kind,
    pub port: u16,
    pub text: Vec<u8>,
}

impl Frame {
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.push(self.kind as u8);
        bytes.extend(self.port.to_be_bytes());
        bytes.push(self.text.len().min(255) as u8);
        bytes.extend(self.text.iter().take(255));
        bytes
    }

    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (kind, rest) = rest.split_first()?;
        let kind = match kind {
            1 => Kind::Hello,
            2 => Kind::Answer,
            3 => Kind::Bye,
            0x49 => Kind::Inspect,
            _ => return None,
        };
        let port = u16::from_be_bytes([*rest.first()?, *rest.get(1)?]);
        let size = *rest.get(2)? as usize;
        Some(Frame { kind, port, text: rest.get(3..3 + size)?.to_vec() })
    }

    pub fn name(&self) -> String {
        String::from_utf8_lossy(&self.text).into_owned()
    }
}
