// Synthetic, inert fixture written from public reports
// Made by bindgen 0.70 from tone/tone.h of tonelib 1.8.2.

#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tone_note {
    pub pitch: ::std::os::raw::c_uint,
    pub velocity: ::std::os::raw::c_uint,
    pub ticks: ::std::os::raw::c_ulong,
}

#[repr(C)]
pub struct tone_bank {
    _unused: [u8; 0],
}

extern "C" {
    pub fn tone_version() -> *const ::std::os::raw::c_char;
    pub fn tone_bank_open(path: *const ::std::os::raw::c_char) -> *mut tone_bank;
    pub fn tone_bank_close(bank: *mut tone_bank);
    pub fn tone_play(bank: *mut tone_bank, note: *const tone_note) -> ::std::os::raw::c_int;
}
