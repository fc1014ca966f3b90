// Synthetic, inert fixture written from public reports; see README
// Made by bindgen 0.69 from csrc/lzquick.h

pub const LZQ_MAX_BLOCK: usize = 65536;

extern "C" {
    pub fn lzq_compress(src: *const u8, len: usize, dst: *mut u8, room: usize) -> isize;
    pub fn lzq_expand(src: *const u8, len: usize, dst: *mut u8, room: usize) -> isize;
}
