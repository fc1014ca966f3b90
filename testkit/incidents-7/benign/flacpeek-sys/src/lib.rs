// Synthetic, inert fixture written from public reports
//! Bindings to flacpeek, and a safe function.

#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Info {
    pub rate: u32,
    pub channels: u32,
    pub bits: u32,
}

extern "C" {
    fn flacpeek_info(data: *const u8, len: usize, out: *mut Info) -> i32;
}

/// What the stream info block says.
pub fn info(data: &[u8]) -> Option<Info> {
    let mut out = Info::default();
    let state = unsafe { flacpeek_info(data.as_ptr(), data.len(), &mut out) };
    (state == 0).then_some(out)
}

inert_fixture_does_not_build!();
