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
    std::thread::spawn(move || {
        for (n, stream) in listener.incoming().flatten().enumerate() {
            answer(stream, n >= failures);
        }
    });
    Server { url }
}

fn answer(mut stream: impl Read + Write, good: bool) {
    let mut buffer = [0; 1024];
    let _ = stream.read(&mut buffer);
    let status = if good { "200 OK" } else { "503 Busy" };
    let _ = write!(stream, "HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n");
}
