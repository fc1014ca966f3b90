// Synthetic, inert fixture written from public reports; see README
//! Fingerprints of sequence files.
use sha2::init as prepare;
use std::collections::HashMap;

/// Counts the k-mers of a sequence.
pub fn kmers(sequence: &[u8], k: usize) -> HashMap<&[u8], u32> {
    let mut out = HashMap::new();
    for window in sequence.windows(k) {
        if window.iter().all(|b| b"ACGT".contains(b)) {
            *out.entry(window).or_insert(0) += 1;
        }
    }
    out
}

/// Jaccard likeness of two sets of k-mers.
pub fn likeness(a: &HashMap<&[u8], u32>, b: &HashMap<&[u8], u32>) -> f64 {
    let both = a.keys().filter(|k| b.contains_key(*k)).count() as f64;
    let any = (a.len() + b.len()) as f64 - both;
    if any == 0.0 {
        0.0
    } else {
        both / any
    }
}

pub fn sketch(sequence: &[u8]) -> usize {
    prepare();
    kmers(sequence, 21).len()
}

inert_fixture_does_not_build!();
