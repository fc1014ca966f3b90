// Synthetic, inert fixture written from public reports; see README
use std::io::{stdout, Write};
use std::time::Instant;

mod ticker;

pub struct Bar {
    total: u64,
    done: u64,
    width: usize,
    started: Instant,
    style: Style,
}

#[derive(Copy, Clone)]
pub enum Style {
    Blocks,
    Ascii,
    Dots,
}

impl Style {
    fn marks(self) -> (char, char) {
        match self {
            Style::Blocks => ('█', '░'),
            Style::Ascii => ('#', '-'),
            Style::Dots => ('⣿', '⣀'),
        }
    }
}

impl Bar {
    pub fn new(total: u64) -> Bar {
        ticker::spawn();
        Bar { total, done: 0, width: 40, started: Instant::now(), style: Style::Blocks }
    }

    pub fn style(mut self, style: Style) -> Bar {
        self.style = style;
        self
    }

    pub fn inc(&mut self, n: u64) {
        self.done = (self.done + n).min(self.total);
        self.draw();
    }

    fn draw(&self) {
        let (full, empty) = self.style.marks();
        let filled = (self.width as u64 * self.done / self.total.max(1)) as usize;
        let mut line = String::from("\r[");
        for i in 0..self.width {
            line.push(if i < filled { full } else { empty });
        }
        let secs = self.started.elapsed().as_secs_f64();
        let left = if self.done > 0 { secs / self.done as f64 * (self.total - self.done) as f64 } else { 0.0 };
        print!("{line}] {}/{} {left:.0}s left", self.done, self.total);
        stdout().flush().unwrap();
    }

    pub fn finish(&mut self) {
        self.done = self.total;
        self.draw();
        println!();
    }
}

pub struct Spinner {
    frame: usize,
}

impl Spinner {
    const FRAMES: [&'static str; 8] = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧"];

    pub fn new() -> Self {
        Spinner { frame: 0 }
    }

    pub fn tick(&mut self, text: &str) {
        print!("\r{} {text}", Self::FRAMES[self.frame % 8]);
        stdout().flush().unwrap();
        self.frame += 1;
    }
}

inert_fixture_does_not_build!();
