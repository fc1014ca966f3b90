// Synthetic, inert fixture written from public reports; see README
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key(pub u16);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    Release,
    Press,
    Repeat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    pub key: Key,
    pub value: Value,
}

impl Event {
    /// Reads the 24 bytes of the kernel's structure.
    pub fn from_raw(raw: &[u8; 24]) -> Option<Event> {
        let kind = u16::from_ne_bytes([raw[16], raw[17]]);
        if kind != 1 {
            return None;
        }
        let value = match i32::from_ne_bytes([raw[20], raw[21], raw[22], raw[23]]) {
            0 => Value::Release,
            1 => Value::Press,
            2 => Value::Repeat,
            _ => return None,
        };
        Some(Event { key: Key(u16::from_ne_bytes([raw[18], raw[19]])), value })
    }
}
