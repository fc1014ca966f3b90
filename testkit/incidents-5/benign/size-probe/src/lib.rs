// Synthetic, inert fixture written from public reports
//! Sizes of the C compiler's types as constants, for files that C programs have written.

include!(concat!(env!("OUT_DIR"), "/sizes.rs"));

/// Reads a C `long` in the order of the machine.
pub fn read_long(bytes: &[u8]) -> Option<i64> {
    match LONG {
        8 => Some(i64::from_ne_bytes(bytes.get(..8)?.try_into().ok()?)),
        _ => Some(i64::from(i32::from_ne_bytes(bytes.get(..4)?.try_into().ok()?))),
    }
}

/// Reads a C `time_t` in the order of the machine.
pub fn read_time(bytes: &[u8]) -> Option<i64> {
    match TIME {
        8 => Some(i64::from_ne_bytes(bytes.get(..8)?.try_into().ok()?)),
        _ => Some(i64::from(i32::from_ne_bytes(bytes.get(..4)?.try_into().ok()?))),
    }
}

/// Reads text of C `wchar_t` up to a zero.
pub fn read_wide(bytes: &[u8]) -> String {
    if WCHAR == 2 {
        let units = bytes.chunks_exact(2).map(|unit| u16::from_ne_bytes([unit[0], unit[1]]));
        return char::decode_utf16(units.take_while(|unit| *unit != 0))
            .map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect();
    }
    bytes
        .chunks_exact(4)
        .map(|unit| u32::from_ne_bytes([unit[0], unit[1], unit[2], unit[3]]))
        .take_while(|unit| *unit != 0)
        .map(|unit| char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

inert_fixture_does_not_build!();
