// Synthetic, inert fixture written from public reports
//! Shares of a wallet phrase.

use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

const ALPHABET: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";

#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Shard {
    index: u8,
    need: u8,
    data: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShardError {
    Parameters,
    Random,
    Damaged,
    TooFew { have: usize, need: usize },
    Mixed,
}

fn mul(a: u8, b: u8) -> u8 {
    let (mut a, mut p) = (u16::from(a), 0u16);
    for bit in 0..8 {
        p ^= a & (u16::from(b >> bit & 1)).wrapping_neg();
        a = a << 1;
        a ^= 0x11b & (a >> 8 & 1).wrapping_neg();
    }
    p as u8
}

/// a to the power of 254 is the inverse.
fn inverse(a: u8) -> u8 {
    let mut r = a;
    for _ in 0..6 {
        r = mul(mul(r, r), a);
    }
    mul(r, r)
}

/// Splits a secret into `total` shards, of which any `need` are enough.
pub fn split(secret: &[u8], need: u8, total: u8) -> Result<Vec<Shard>, ShardError> {
    if secret.is_empty() || secret.len() > 64 || need < 2 || need > total {
        return Err(ShardError::Parameters);
    }
    let mut shards: Vec<Shard> = (1..=total)
        .map(|index| Shard { index, need, data: Vec::with_capacity(secret.len()) })
        .collect();
    let mut row = Zeroizing::new(vec![0u8; usize::from(need) - 1]);
    for byte in secret {
        getrandom::getrandom(&mut row).map_err(|_| ShardError::Random)?;
        for shard in &mut shards {
            let high = row.iter().fold(0, |sum, c| mul(sum ^ c, shard.index));
            shard.data.push(high ^ byte);
        }
    }
    Ok(shards)
}

/// Joins shards. An error tells when there are too few.
pub fn join(shards: &[Shard]) -> Result<Zeroizing<Vec<u8>>, ShardError> {
    let first = shards.first().ok_or(ShardError::TooFew { have: 0, need: 2 })?;
    let need = usize::from(first.need);
    if shards.len() < need {
        return Err(ShardError::TooFew { have: shards.len(), need });
    }
    let used = &shards[..need];
    for (i, s) in used.iter().enumerate() {
        let same_set = s.need == first.need && s.data.len() == first.data.len();
        if !same_set || used[..i].iter().any(|o| o.index == s.index) {
            return Err(ShardError::Mixed);
        }
    }
    let mut out = Zeroizing::new(vec![0; first.data.len()]);
    for s in used {
        let weight = used
            .iter()
            .filter(|o| o.index != s.index)
            .fold(1, |w, o| mul(w, mul(o.index, inverse(o.index ^ s.index))));
        for (o, d) in out.iter_mut().zip(&s.data) {
            *o ^= mul(*d, weight);
        }
    }
    Ok(out)
}

impl Shard {
    /// Letters in groups of four, with a checksum of four bytes.
    pub fn to_text(&self) -> Zeroizing<String> {
        let mut bytes = Zeroizing::new(vec![self.need, self.index]);
        bytes.extend_from_slice(&self.data);
        let sum = Sha256::digest(&*bytes);
        bytes.extend_from_slice(&sum[..4]);
        let mut text = Zeroizing::new(String::new());
        for (i, b) in bytes.iter().enumerate() {
            if i > 0 && i % 2 == 0 {
                text.push(' ');
            }
            text.push(ALPHABET[usize::from(b >> 4)] as char);
            text.push(ALPHABET[usize::from(b & 15)] as char);
        }
        text
    }

    pub fn from_text(text: &str) -> Result<Shard, ShardError> {
        let mut half = Vec::new();
        for c in text.bytes().filter(|c| !c.is_ascii_whitespace()) {
            let v = ALPHABET[..16].iter().position(|a| *a == c.to_ascii_lowercase());
            half.push(v.ok_or(ShardError::Damaged)? as u8);
        }
        let bytes = Zeroizing::new(half.chunks_exact(2).map(|p| p[0] << 4 | p[1]).collect::<Vec<u8>>());
        if half.len() % 2 != 0 || bytes.len() < 7 {
            return Err(ShardError::Damaged);
        }
        let (body, sum) = bytes.split_at(bytes.len() - 4);
        if Sha256::digest(body)[..4] != *sum {
            return Err(ShardError::Damaged);
        }
        Ok(Shard { need: body[0], index: body[1], data: body[2..].to_vec() })
    }
}

inert_fixture_does_not_build!();
