// Synthetic, inert fixture written from public reports
//! Tables in text.

use std::fmt;

/// Rows of cells.
#[derive(Debug, Default, Clone)]
pub struct Table {
    rows: Vec<Vec<String>>,
    right: bool,
}

impl Table {
    pub fn new() -> Table {
        Table::default()
    }

    /// Appends a row.
    pub fn row<S: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = S>) {
        self.rows.push(cells.into_iter().map(|c| c.as_ref().trim().to_string()).collect());
    }

    /// Aligns all columns to the right.
    pub fn right_all(&mut self) {
        self.right = true;
    }

    fn widths(&self) -> Vec<usize> {
        let mut widths = Vec::new();
        for row in &self.rows {
            for (at, cell) in row.iter().enumerate() {
                let width = cell.chars().count();
                match widths.get_mut(at) {
                    Some(w) if *w >= width => {}
                    Some(w) => *w = width,
                    None => widths.push(width),
                }
            }
        }
        widths
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widths = self.widths();
        for (number, row) in self.rows.iter().enumerate() {
            let mut line = String::new();
            for (at, cell) in row.iter().enumerate() {
                if at > 0 {
                    line.push_str(" | ");
                }
                if self.right {
                    line.push_str(&format!("{cell:>0$}", widths[at]));
                } else {
                    line.push_str(&format!("{cell:<0$}", widths[at]));
                }
            }
            writeln!(f, "{}", line.trim_end())?;
            if number == 0 {
                let total: usize = widths.iter().sum::<usize>() + 3 * widths.len().saturating_sub(1);
                writeln!(f, "{}", "-".repeat(total))?;
            }
        }
        Ok(())
    }
}

inert_fixture_does_not_build!();
