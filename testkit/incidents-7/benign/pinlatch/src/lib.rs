// Synthetic, inert fixture written from public reports
//! Pins of public keys for rustls.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use base64::engine::general_purpose::STANDARD;
use base64::Engine;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{verify_tls12_signature, verify_tls13_signature, CryptoProvider};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error, SignatureScheme};
use sha2::{Digest, Sha256};
use x509_parser::prelude::{FromDer, X509Certificate};

/// How unknown hosts are treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Only what is in the file is accepted.
    Fixed,
    /// A host that is not in the file is entered at its first connection.
    FirstUse,
}

#[derive(Debug)]
struct Latch {
    file: PathBuf,
    mode: Mode,
    pins: Mutex<BTreeMap<String, String>>,
    provider: Arc<CryptoProvider>,
}

fn pin(cert: &CertificateDer<'_>) -> Result<String, Error> {
    let (_, parsed) = X509Certificate::from_der(cert).map_err(|e| Error::General(e.to_string()))?;
    Ok(STANDARD.encode(Sha256::digest(parsed.public_key().raw)))
}

fn load(file: &PathBuf) -> io::Result<BTreeMap<String, String>> {
    match fs::read_to_string(file) {
        Ok(text) => Ok(text
            .lines()
            .filter_map(|l| l.split_once(' '))
            .map(|(h, p)| (h.to_string(), p.trim().to_string()))
            .collect()),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(BTreeMap::new()),
        Err(e) => Err(e),
    }
}

impl Latch {
    fn save(&self, pins: &BTreeMap<String, String>) -> io::Result<()> {
        let text: String = pins.iter().map(|(h, p)| format!("{h} {p}\n")).collect();
        let fresh = self.file.with_extension("new");
        fs::write(&fresh, text)?;
        fs::rename(fresh, &self.file)
    }
}

impl ServerCertVerifier for Latch {
    fn verify_server_cert(
        &self,
        end: &CertificateDer<'_>,
        _between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        _ocsp: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let host = name.to_str().into_owned();
        let seen = pin(end)?;
        let mut pins = self.pins.lock().unwrap();
        match pins.get(&host) {
            Some(known) if *known == seen => Ok(ServerCertVerified::assertion()),
            Some(known) => Err(Error::General(format!("{host} has key {seen}, pinned is {known}"))),
            None if self.mode == Mode::FirstUse => {
                pins.insert(host, seen);
                self.save(&pins).map_err(|e| Error::General(e.to_string()))?;
                Ok(ServerCertVerified::assertion())
            }
            None => Err(Error::General(format!("{host} is not pinned"))),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// A configuration with the pins of a file: lines of host, space, base64 of the digest.
pub fn config(file: impl Into<PathBuf>, mode: Mode) -> io::Result<ClientConfig> {
    let file = file.into();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let latch = Latch { pins: Mutex::new(load(&file)?), file, mode, provider: provider.clone() };
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| io::Error::new(io::ErrorKind::Other, e))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(latch))
        .with_no_client_auth())
}

inert_fixture_does_not_build!();
