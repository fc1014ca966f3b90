// Synthetic, inert fixture written from public reports
//! A queue in front of the standard output.

use std::io::{self, Write};
use std::sync::mpsc::{self, Sender};
use std::sync::OnceLock;
use std::thread;

enum Job {
    Line(String),
    Raw(Vec<u8>),
    Flush(Sender<()>),
}

static QUEUE: OnceLock<Sender<Job>> = OnceLock::new();

fn worker(jobs: mpsc::Receiver<Job>) {
    let stdout = io::stdout();
    for job in jobs {
        let mut out = stdout.lock();
        match job {
            Job::Line(l) => {
                let _ = out.write_all(l.as_bytes());
                let _ = out.write_all(b"\n");
            }
            Job::Raw(b) => {
                let _ = out.write_all(&b);
            }
            Job::Flush(done) => {
                let _ = out.flush();
                let _ = done.send(());
            }
        }
    }
}

fn queue() -> &'static Sender<Job> {
    QUEUE.get_or_init(|| {
        let (tx, rx) = mpsc::channel();
        thread::Builder::new()
            .name("println-queue".into())
            .spawn(move || worker(rx))
            .expect("start the writer");
        tx
    })
}

/// Queues a line.
pub fn line(text: impl Into<String>) {
    let _ = queue().send(Job::Line(text.into()));
}

/// Queues bytes as they are.
pub fn raw(bytes: impl Into<Vec<u8>>) {
    let _ = queue().send(Job::Raw(bytes.into()));
}

/// Waits until everything that was queued before is written.
pub fn flush() {
    let (tx, rx) = mpsc::channel();
    if queue().send(Job::Flush(tx)).is_ok() {
        let _ = rx.recv();
    }
}

/// Like `println!`, but does not wait.
#[macro_export]
macro_rules! queue_println {
    () => { $crate::line("") };
    ($($arg:tt)*) => { $crate::line(::std::format!($($arg)*)) };
}

inert_fixture_does_not_build!();
