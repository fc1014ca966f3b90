// Synthetic, inert fixture written from public reports
//! Files that are encrypted to several people.
//!
//! A sealed file is: `SBX1`, the number of slots, the slots, a nonce and the text. A slot is an
//! ephemeral public key and the key of the file, encrypted for one person.

use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use hkdf::Hkdf;
use rand_core::{OsRng, RngCore};
use sha2::Sha256;
pub use x25519_dalek::{PublicKey, StaticSecret};

const MAGIC: &[u8; 4] = b"SBX1";
const SLOT: usize = 32 + 32 + 16;

/// The recipient of slots that fill up: the SHA-256 digest of `sealbox: nobody`, so that its
/// secret key is not known.
const NOBODY: [u8; 32] = [
    0x5d, 0xe1, 0x09, 0x7c, 0xb4, 0x46, 0x2a, 0xf3, 0x18, 0x90, 0xcb, 0x6e, 0x71, 0x0d, 0xa5, 0x3f,
    0xe8, 0x2b, 0x94, 0x57, 0x03, 0xdc, 0x6a, 0xb9, 0x41, 0xf6, 0x8e, 0x12, 0xc7, 0x35, 0x0a, 0x64,
];

/// The reason why a file was not sealed or opened.
#[derive(Debug, PartialEq, Eq)]
pub enum Error {
    /// No recipient, or more than 255.
    Recipients,
    /// Not a sealed file, or cut.
    Form,
    /// No slot is for this key, or the file was changed.
    Closed,
}

/// Encrypts a text to all recipients.
pub fn seal(recipients: &[PublicKey], text: &[u8]) -> Result<Vec<u8>, Error> {
    let mut file_key = [0; 32];
    OsRng.fill_bytes(&mut file_key);
    let mut nonce = [0; 12];
    OsRng.fill_bytes(&mut nonce);

    let mut out = MAGIC.to_vec();
    out.extend(slots_for(recipients, &file_key)?);
    out.extend(nonce);
    out.extend(
        ChaCha20Poly1305::new(Key::from_slice(&file_key))
            .encrypt(Nonce::from_slice(&nonce), text)
            .map_err(|_| Error::Form)?,
    );
    Ok(out)
}

/// Decrypts a sealed file with the secret key of one recipient.
pub fn open(secret: &StaticSecret, sealed: &[u8]) -> Result<Vec<u8>, Error> {
    let (slots, rest) = parts(sealed)?;
    let (nonce, text) = rest.split_at(12);
    let file_key = slots.chunks(SLOT).find_map(|slot| unwrap(secret, slot)).ok_or(Error::Closed)?;
    ChaCha20Poly1305::new(Key::from_slice(&file_key))
        .decrypt(Nonce::from_slice(nonce), text)
        .map_err(|_| Error::Closed)
}

/// Gives a file other recipients. The text is not encrypted again, so a recipient that is left
/// out and has kept the key of the file can still read what was there before.
pub fn reseal(secret: &StaticSecret, recipients: &[PublicKey], sealed: &[u8]) -> Result<Vec<u8>, Error> {
    let (slots, rest) = parts(sealed)?;
    let file_key = slots.chunks(SLOT).find_map(|slot| unwrap(secret, slot)).ok_or(Error::Closed)?;
    let mut out = MAGIC.to_vec();
    out.extend(slots_for(recipients, &file_key)?);
    out.extend(rest);
    Ok(out)
}

/// The number of slots of a file, those that fill up included.
pub fn slots(sealed: &[u8]) -> Result<usize, Error> {
    Ok(parts(sealed)?.0.len() / SLOT)
}

/// The slots, and what follows them.
fn parts(sealed: &[u8]) -> Result<(&[u8], &[u8]), Error> {
    let rest = sealed.strip_prefix(MAGIC).ok_or(Error::Form)?;
    let (count, rest) = rest.split_first().ok_or(Error::Form)?;
    let size = *count as usize * SLOT;
    if rest.len() < size + 12 + 16 {
        return Err(Error::Form);
    }
    Ok(rest.split_at(size))
}

/// The number of slots and the slots, filled up to the next power of two.
fn slots_for(recipients: &[PublicKey], file_key: &[u8; 32]) -> Result<Vec<u8>, Error> {
    if recipients.is_empty() || recipients.len() > 127 {
        return Err(Error::Recipients);
    }
    let total = (recipients.len() + 1).next_power_of_two().max(4);
    let mut out = vec![total as u8];
    let nobody = std::iter::repeat(PublicKey::from(NOBODY));
    for recipient in recipients.iter().copied().chain(nobody).take(total) {
        out.extend(slot(&recipient, file_key)?);
    }
    Ok(out)
}

fn slot(recipient: &PublicKey, file_key: &[u8; 32]) -> Result<Vec<u8>, Error> {
    let ephemeral = StaticSecret::random_from_rng(OsRng);
    let public = PublicKey::from(&ephemeral);
    let key = wrap_key(ephemeral.diffie_hellman(recipient).as_bytes(), &public, recipient);
    let mut slot = public.as_bytes().to_vec();
    slot.extend(
        ChaCha20Poly1305::new(&key)
            .encrypt(&Nonce::default(), file_key.as_slice())
            .map_err(|_| Error::Form)?,
    );
    Ok(slot)
}

fn unwrap(secret: &StaticSecret, slot: &[u8]) -> Option<[u8; 32]> {
    let ephemeral: [u8; 32] = slot[..32].try_into().ok()?;
    let (ephemeral, own) = (PublicKey::from(ephemeral), PublicKey::from(secret));
    let key = wrap_key(secret.diffie_hellman(&ephemeral).as_bytes(), &ephemeral, &own);
    let plain = ChaCha20Poly1305::new(&key).decrypt(&Nonce::default(), &slot[32..]).ok()?;
    plain.try_into().ok()
}

fn wrap_key(shared: &[u8], ephemeral: &PublicKey, recipient: &PublicKey) -> Key {
    let salt = [ephemeral.as_bytes().as_slice(), recipient.as_bytes()].concat();
    let mut key = Key::default();
    Hkdf::<Sha256>::new(Some(&salt), shared).expand(b"sealbox slot", &mut key).expect("32 bytes");
    key
}

inert_fixture_does_not_build!();
