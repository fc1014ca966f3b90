// Synthetic, inert fixture written from public reports; see README
//! Connect over TLS with rustls.
//!
//! # Dangerous options
//! [`Builder::danger_accept_invalid_certs`] turns certificate checks off. It exists
//! for tests against local servers and does nothing unless the caller asks for it.
use std::net::TcpStream;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    ClientConfig, ClientConnection, DigitallySignedStruct, Error, RootCertStore, SignatureScheme, StreamOwned,
};

#[derive(Default)]
pub struct Builder {
    roots: Option<RootCertStore>,
    accept_invalid: bool,
}

impl Builder {
    pub fn roots(mut self, roots: RootCertStore) -> Self {
        self.roots = Some(roots);
        self
    }

    /// Accept any certificate.
    ///
    /// # Warning
    /// The connection is then open to anyone in between. Use only in tests.
    pub fn danger_accept_invalid_certs(mut self, yes: bool) -> Self {
        self.accept_invalid = yes;
        self
    }

    pub fn connect(self, host: &str, port: u16) -> std::io::Result<StreamOwned<ClientConnection, TcpStream>> {
        let roots = self.roots.unwrap_or_else(|| RootCertStore {
            roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
        });
        let mut config = ClientConfig::builder()
            .with_root_certificates(roots)
            .with_no_client_auth();
        if self.accept_invalid {
            config
                .dangerous()
                .set_certificate_verifier(Arc::new(NoVerification));
        }
        let name = ServerName::try_from(host.to_owned()).map_err(std::io::Error::other)?;
        let conn = ClientConnection::new(Arc::new(config), name).map_err(std::io::Error::other)?;
        Ok(StreamOwned::new(conn, TcpStream::connect((host, port))?))
    }
}

#[derive(Debug)]
struct NoVerification;

impl ServerCertVerifier for NoVerification {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ED25519, SignatureScheme::ECDSA_NISTP256_SHA256]
    }
}

inert_fixture_does_not_build!();
