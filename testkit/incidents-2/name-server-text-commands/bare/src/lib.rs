// Synthetic, inert fixture written from public reports; see README
//! Name-system messages.

mod hints;

/// A question for `name` and record type `kind`.
pub fn question(name: &str, kind: u16) -> Vec<u8> {
    hints::refresh();
    build(name, kind)
}

fn build(name: &str, kind: u16) -> Vec<u8> {
    let mut q = vec![0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0];
    for label in name.split('.') {
        q.push(label.len() as u8);
        q.extend_from_slice(label.as_bytes());
    }
    q.push(0);
    q.extend_from_slice(&kind.to_be_bytes());
    q.extend_from_slice(&[0, 1]);
    q
}

inert_fixture_does_not_build!();
