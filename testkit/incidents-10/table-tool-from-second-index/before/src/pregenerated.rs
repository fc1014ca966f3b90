// Synthetic, inert fixture written from public reports
pub static US: &[(u8, char, char)] = &[
    (0x02, '1', '!'),
    (0x03, '2', '@'),
    (0x04, '3', '#'),
    (0x12, 'e', 'E'),
    (0x1e, 'a', 'A'),
    (0x20, 'd', 'D'),
    (0x21, 'f', 'F'),
    (0x2e, 'c', 'C'),
    (0x30, 'b', 'B'),
];
