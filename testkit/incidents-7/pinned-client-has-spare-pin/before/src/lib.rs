// Synthetic, inert fixture written from public reports
//! Pins of public keys for rustls.

use std::collections::BTreeSet;
use std::sync::Arc;

use ring::digest::{digest, SHA256};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::WebPkiServerVerifier;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};
use x509_parser::prelude::{FromDer, X509Certificate};

/// The SHA-256 of a public key.
pub type Pin = [u8; 32];

/// The pin of a certificate.
pub fn pin_of(cert: &CertificateDer<'_>) -> Option<Pin> {
    let (_, parsed) = X509Certificate::from_der(cert).ok()?;
    digest(&SHA256, parsed.public_key().raw).as_ref().try_into().ok()
}

#[derive(Debug)]
struct PinVerifier {
    usual: Arc<WebPkiServerVerifier>,
    pins: BTreeSet<Pin>,
}

impl ServerCertVerifier for PinVerifier {
    fn verify_server_cert(
        &self,
        end: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        self.usual.verify_server_cert(end, between, name, ocsp, now)?;
        let pinned = std::iter::once(end)
            .chain(between)
            .filter_map(pin_of)
            .any(|p| self.pins.contains(&p));
        if pinned {
            Ok(ServerCertVerified::assertion())
        } else {
            Err(Error::General("no certificate of the chain is pinned".into()))
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.usual.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.usual.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.usual.supported_verify_schemes()
    }
}

/// A configuration that accepts servers with one of the pins only.
pub fn config(pins: impl IntoIterator<Item = Pin>) -> Result<ClientConfig, Error> {
    let pins: BTreeSet<Pin> = pins.into_iter().collect();
    if pins.is_empty() {
        return Err(Error::General("at least one pin is needed".into()));
    }
    let mut roots = RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    let usual = WebPkiServerVerifier::builder(Arc::new(roots))
        .build()
        .map_err(|e| Error::General(e.to_string()))?;
    Ok(ClientConfig::builder()
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(PinVerifier { usual, pins }))
        .with_no_client_auth())
}

inert_fixture_does_not_build!();
