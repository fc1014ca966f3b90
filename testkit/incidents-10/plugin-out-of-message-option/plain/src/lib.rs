// Synthetic, inert fixture written from public reports
//! Messages of meter gateways.

#[allow(missing_docs)]
pub mod wire {
    include!(concat!(env!("OUT_DIR"), "/meterwire.rs"));
}

use wire::{Reading, Register};

impl Register {
    /// The value with its scale, as a floating point number.
    pub fn scaled(&self) -> f64 {
        self.value as f64 * 10f64.powi(self.scale)
    }
}

impl Reading {
    /// The register with a code such as `1.8.0`.
    pub fn register(&self, code: &str) -> Option<&Register> {
        self.registers.iter().find(|r| r.code == code)
    }

    /// Difference of one register to an earlier reading of the same meter.
    pub fn since(&self, earlier: &Reading, code: &str) -> Option<f64> {
        if self.meter != earlier.meter || self.taken_at < earlier.taken_at {
            return None;
        }
        Some(self.register(code)?.scaled() - earlier.register(code)?.scaled())
    }

    /// Reads a length-delimited stream of readings.
    pub fn read_all(mut bytes: &[u8]) -> Result<Vec<Reading>, prost::DecodeError> {
        let mut out = Vec::new();
        while !bytes.is_empty() {
            out.push(<Reading as prost::Message>::decode_length_delimited(&mut bytes)?);
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales() {
        let register = Register { code: "1.8.0".into(), value: 1234, scale: -1 };
        assert!((register.scaled() - 123.4).abs() < 1e-9);
    }
}

inert_fixture_does_not_build!();
