// Synthetic, inert fixture written from public reports
extern "C" {
    pub fn lz5_bound(length: usize) -> usize;
    pub fn lz5_store(input: *const u8, length: usize, out: *mut u8) -> usize;
}
