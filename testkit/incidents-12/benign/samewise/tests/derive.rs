// Synthetic, inert fixture written from public reports; see README
use samewise::Samewise;

#[derive(Samewise)]
struct Tag {
    bytes: [u8; 32],
    extra: Vec<u8>,
}

fn tag(n: u8) -> Tag {
    Tag { bytes: [n; 32], extra: vec![1, 2, 3] }
}

#[test]
fn equal() {
    assert!(tag(7).samewise(&tag(7)));
}

#[test]
fn each_bit_counts() {
    for i in 0..32 {
        for bit in 0..8 {
            let mut other = tag(7);
            other.bytes[i] ^= 1 << bit;
            assert!(!tag(7).samewise(&other), "byte {i}, bit {bit}");
        }
    }
}

#[test]
fn length_counts() {
    let mut other = tag(7);
    other.extra.push(4);
    assert!(!tag(7).samewise(&other));
}

inert_fixture_does_not_build!();
