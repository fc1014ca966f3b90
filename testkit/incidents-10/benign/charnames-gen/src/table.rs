// Synthetic, inert fixture written from public reports
pub static WORDS: &[&str] = &["LETTER", "SMALL", "LATIN", "A", "ACUTE", "ALPHA", "CAPITAL", "E", "EURO", "GREEK", "SIGN", "WITH"];
pub static ROWS: &[(u32, &[u16])] = &[
    (0x41, &[2, 6, 0, 3]),
    (0x61, &[2, 1, 0, 3]),
    (0xE9, &[2, 1, 0, 7, 11, 4]),
    (0x3B1, &[9, 1, 0, 5]),
    (0x20AC, &[8, 10]),
];
