// Synthetic, inert fixture written from public reports; see README
//! Base64 with the standard and the URL-safe alphabet.

const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL_SAFE: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

#[derive(Debug, PartialEq, Eq)]
pub struct DecodeError(pub usize);

fn encode_with(table: &[u8; 64], data: &[u8]) -> String {
    let mut out = String::with_capacity(data.len().div_ceil(3) * 4);
    for chunk in data.chunks(3) {
        let n = chunk.iter().fold(0u32, |n, b| (n << 8) | u32::from(*b)) << (8 * (3 - chunk.len()));
        for i in 0..4 {
            if i <= chunk.len() {
                out.push(table[(n >> (18 - 6 * i)) as usize & 63] as char);
            } else {
                out.push('=');
            }
        }
    }
    out
}

pub fn encode(data: &[u8]) -> String {
    encode_with(STANDARD, data)
}

pub fn encode_url(data: &[u8]) -> String {
    encode_with(URL_SAFE, data)
}

pub fn decode(text: &str) -> Result<Vec<u8>, DecodeError> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut acc, mut bits) = (0u32, 0);
    for (at, c) in text.bytes().enumerate().filter(|(_, c)| *c != b'=') {
        let v = STANDARD.iter().position(|a| *a == c).ok_or(DecodeError(at))?;
        acc = (acc << 6) | v as u32;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((acc >> bits) as u8);
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors() {
        for (plain, coded) in [
            ("", ""),
            ("foobar", "Zm9vYmFy"),
            ("https://example.com/", "aHR0cHM6Ly9leGFtcGxlLmNvbS8="),
            ("any carnal pleas", "YW55IGNhcm5hbCBwbGVhcw=="),
        ] {
            assert_eq!(encode(plain.as_bytes()), coded);
            assert_eq!(decode(coded).unwrap(), plain.as_bytes());
        }
    }

    #[test]
    fn rejects() {
        assert_eq!(decode("ab!d"), Err(DecodeError(2)));
    }
}

inert_fixture_does_not_build!();
