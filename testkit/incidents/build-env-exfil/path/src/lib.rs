// Synthetic, inert fixture written from public reports; see README
//! Message types of the metrics relay.

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sample {
    pub name: String,
    pub value: f64,
    pub timestamp_ms: u64,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Batch {
    pub samples: Vec<Sample>,
}

impl Batch {
    /// Length of the wire form, without writing it.
    pub fn encoded_len(&self) -> usize {
        self.samples
            .iter()
            .map(|s| 2 + varint_len(s.name.len() as u64) + s.name.len() + 9 + varint_len(s.timestamp_ms))
            .sum()
    }

    pub fn merge(&mut self, other: Batch) {
        self.samples.extend(other.samples);
    }
}

fn varint_len(mut v: u64) -> usize {
    let mut n = 1;
    while v >= 0x80 {
        v >>= 7;
        n += 1;
    }
    n
}

inert_fixture_does_not_build!();
