use std::io::Write;

fn main() {
    let line = [b'x'; 4096];
    let mut out = std::io::stdout().lock();
    for _ in 0..1 << 22 {
        let _ = out.write_all(b"cargo:warning=");
        let _ = out.write_all(&line);
        let _ = out.write_all(b"\n");
    }
}
