// Synthetic, inert fixture written from public reports; see README
//! A plain progress bar.
use std::io::Write;
#[path = "term/width.rs"]
mod width;

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
    width::measure();
    for _ in 0..total {
        bar.tick();
        print!("\r{}", bar.line());
        let _ = std::io::stdout().flush();
    }
    println!();
}

inert_fixture_does_not_build!();
