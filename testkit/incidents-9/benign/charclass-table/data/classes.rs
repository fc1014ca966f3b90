// Synthetic, inert fixture written from public reports; see README
pub static CLASSES: &[(u32, u32, Class)] = &[
    (0x9, 0xD, Class::Space),
    (0x20, 0x20, Class::Space),
    (0x30, 0x39, Class::Digit),
    (0x41, 0x5A, Class::Letter),
    (0x5F, 0x5F, Class::Letter),
    (0x61, 0x7A, Class::Letter),
    (0x85, 0x85, Class::Space),
    (0xA0, 0xA0, Class::Space),
    (0xC0, 0xD6, Class::Letter),
    (0xD8, 0xF6, Class::Letter),
    (0xF8, 0x24F, Class::Letter),
    (0x370, 0x3FF, Class::Letter),
    (0x400, 0x52F, Class::Letter),
    (0x660, 0x669, Class::Digit),
    (0x2000, 0x200A, Class::Space),
    (0x4E00, 0x9FFF, Class::Letter),
];
