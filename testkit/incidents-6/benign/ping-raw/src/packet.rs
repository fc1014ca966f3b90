// Synthetic, inert fixture written from public reports
/// An echo request with a checksum.
pub fn echo(ident: u16, sequence: u16) -> [u8; 40] {
    let mut out = [0x2e; 40];
    out[..4].copy_from_slice(&[8, 0, 0, 0]);
    out[4..6].copy_from_slice(&ident.to_be_bytes());
    out[6..8].copy_from_slice(&sequence.to_be_bytes());
    let sum = checksum(&out);
    out[2..4].copy_from_slice(&sum.to_be_bytes());
    out
}

/// The checksum of RFC 1071.
pub fn checksum(bytes: &[u8]) -> u16 {
    let mut sum = 0u32;
    for pair in bytes.chunks(2) {
        sum += u32::from(pair[0]) << 8 | u32::from(*pair.get(1).unwrap_or(&0));
    }
    while sum >> 16 != 0 {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    !(sum as u16)
}

#[derive(Debug, PartialEq)]
pub enum Kind {
    Reply,
    Expired,
    Other,
}

/// Skips the IP header that raw sockets deliver.
pub fn skip_header(bytes: &[u8]) -> &[u8] {
    let length = bytes.first().map_or(0, |b| usize::from(b & 15) * 4);
    bytes.get(length..).unwrap_or(&[])
}

pub fn kind(body: &[u8], sequence: u16) -> Kind {
    match body {
        [0, 0, _, _, _, _, a, b, ..] if u16::from_be_bytes([*a, *b]) == sequence => Kind::Reply,
        [11, 0, ..] => Kind::Expired,
        _ => Kind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sum_of_request_is_zero() {
        assert_eq!(checksum(&echo(7, 1)), 0);
    }
}
