// Synthetic, inert fixture written from public reports
//! Bindings to qpack; see its manual for what the functions do.
#![allow(non_camel_case_types, non_snake_case, non_upper_case_globals)]

include!(concat!(env!("OUT_DIR"), "/bindings.rs"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unpacks() {
        let packed = [3u8, b'a', 2, b'b'];
        let mut out = [0u8; 8];
        let mut length = out.len();
        let span = qpack_span { data: packed.as_ptr(), length: packed.len() as _ };
        let code = unsafe { qpack_unpack(span, out.as_mut_ptr(), &mut length as *mut usize as _) };
        assert_eq!((code as u32, &out[..length]), (QPACK_OK, &b"aaabb"[..]));
    }
}

inert_fixture_does_not_build!();
