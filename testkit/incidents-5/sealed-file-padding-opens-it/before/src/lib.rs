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
    let count = u8::try_from(recipients.len()).map_err(|_| Error::Recipients)?;
    if count == 0 {
        return Err(Error::Recipients);
    }
    let mut file_key = [0; 32];
    OsRng.fill_bytes(&mut file_key);
    let mut nonce = [0; 12];
    OsRng.fill_bytes(&mut nonce);

    let mut out = MAGIC.to_vec();
    out.push(count);
    for recipient in recipients {
        out.extend(slot(recipient, &file_key)?);
    }
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
    let rest = sealed.strip_prefix(MAGIC).ok_or(Error::Form)?;
    let (count, rest) = rest.split_first().ok_or(Error::Form)?;
    let size = *count as usize * SLOT;
    if rest.len() < size + 12 + 16 {
        return Err(Error::Form);
    }
    let (slots, rest) = rest.split_at(size);
    let (nonce, text) = rest.split_at(12);
    let file_key = slots.chunks(SLOT).find_map(|slot| unwrap(secret, slot)).ok_or(Error::Closed)?;
    ChaCha20Poly1305::new(Key::from_slice(&file_key))
        .decrypt(Nonce::from_slice(nonce), text)
        .map_err(|_| Error::Closed)
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
