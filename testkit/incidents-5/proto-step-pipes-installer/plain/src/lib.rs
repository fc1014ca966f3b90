// Synthetic, inert fixture written from public reports
//! Reading and writing of Wiretag envelopes without generated message types.

use bytes::{Buf, BufMut, Bytes, BytesMut};

/// Field numbers, as the schema gives them.
pub mod tag {
    include!(concat!(env!("OUT_DIR"), "/tags.rs"));
}

/// A decoded envelope.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Envelope {
    pub sequence: u64,
    pub sender: String,
    pub body: Bytes,
    pub checksum: u32,
}

/// The reason why bytes are no envelope.
#[derive(Debug, PartialEq, Eq)]
pub enum DecodeError {
    Truncated,
    UnknownWireType(u8),
    Text,
}

impl Envelope {
    /// Writes the envelope in the order of its fields.
    pub fn encode(&self) -> BytesMut {
        let mut out = BytesMut::with_capacity(self.body.len() + self.sender.len() + 24);
        key(&mut out, tag::SEQUENCE, 0);
        varint(&mut out, self.sequence);
        key(&mut out, tag::SENDER, 2);
        varint(&mut out, self.sender.len() as u64);
        out.put_slice(self.sender.as_bytes());
        key(&mut out, tag::BODY, 2);
        varint(&mut out, self.body.len() as u64);
        out.put_slice(&self.body);
        key(&mut out, tag::CHECKSUM, 0);
        varint(&mut out, u64::from(self.checksum));
        out
    }

    /// Reads an envelope; unknown fields are skipped.
    pub fn decode(mut input: Bytes) -> Result<Self, DecodeError> {
        let mut envelope = Envelope::default();
        while input.has_remaining() {
            let key = read_varint(&mut input)?;
            let (number, kind) = ((key >> 3) as u32, (key & 7) as u8);
            match kind {
                0 => {
                    let value = read_varint(&mut input)?;
                    if number == tag::SEQUENCE {
                        envelope.sequence = value;
                    } else if number == tag::CHECKSUM {
                        envelope.checksum = value as u32;
                    }
                }
                2 => {
                    let length = read_varint(&mut input)? as usize;
                    if input.remaining() < length {
                        return Err(DecodeError::Truncated);
                    }
                    let piece = input.split_to(length);
                    if number == tag::SENDER {
                        envelope.sender =
                            String::from_utf8(piece.to_vec()).map_err(|_| DecodeError::Text)?;
                    } else if number == tag::BODY {
                        envelope.body = piece;
                    }
                }
                other => return Err(DecodeError::UnknownWireType(other)),
            }
        }
        Ok(envelope)
    }
}

fn key(out: &mut BytesMut, number: u32, kind: u32) {
    varint(out, u64::from(number << 3 | kind));
}

fn varint(out: &mut BytesMut, mut value: u64) {
    while value >= 0x80 {
        out.put_u8(value as u8 | 0x80);
        value >>= 7;
    }
    out.put_u8(value as u8);
}

fn read_varint(input: &mut Bytes) -> Result<u64, DecodeError> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        if !input.has_remaining() {
            return Err(DecodeError::Truncated);
        }
        let byte = input.get_u8();
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Ok(value);
        }
    }
    Err(DecodeError::Truncated)
}

inert_fixture_does_not_build!();
