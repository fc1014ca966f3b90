// Synthetic, inert fixture written from public reports
pub static WIDE: &[(u32, u32)] = &[(0x1100, 0x115f), (0x2e80, 0x303e), (0x3041, 0xa4cf), (0xac00, 0xd7a3)];
