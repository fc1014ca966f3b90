// Synthetic, inert fixture written from public reports
//! A grid of plain characters around rows of text.

use std::fmt;

/// Where the text of a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
    Center,
}

/// Rows of text with a head.
#[derive(Clone, Debug)]
pub struct Grid {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
    align: Vec<Align>,
}

impl Grid {
    pub fn new<I, S>(head: I) -> Self
    where
        I: IntoIterator<Item = S>,
        S: Into<String>,
    {
        let head: Vec<String> = head.into_iter().map(Into::into).collect();
        let align = vec![Align::Left; head.len()];
        Grid { head, rows: Vec::new(), align }
    }

    pub fn align(&mut self, column: usize, align: Align) -> &mut Self {
        if let Some(slot) = self.align.get_mut(column) {
            *slot = align;
        }
        self
    }

    /// Adds a row; missing cells are empty and too many are cut off.
    pub fn row<I, S>(&mut self, cells: I) -> &mut Self
    where
        I: IntoIterator<Item = S>,
        S: Into<String>,
    {
        let mut cells: Vec<String> = cells.into_iter().map(Into::into).take(self.head.len()).collect();
        cells.resize(self.head.len(), String::new());
        self.rows.push(cells);
        self
    }

    fn widths(&self) -> Vec<usize> {
        (0..self.head.len())
            .map(|i| {
                std::iter::once(&self.head)
                    .chain(&self.rows)
                    .map(|r| r[i].chars().count())
                    .max()
                    .unwrap_or(0)
            })
            .collect()
    }
}

fn pad(text: &str, width: usize, align: Align) -> String {
    let free = width.saturating_sub(text.chars().count());
    let left = match align {
        Align::Left => 0,
        Align::Right => free,
        Align::Center => free / 2,
    };
    format!("{}{}{}", " ".repeat(left), text, " ".repeat(free - left))
}

impl fmt::Display for Grid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widths = self.widths();
        let rule: String = widths.iter().map(|w| format!("+{}", "-".repeat(w + 2))).collect::<String>() + "+";
        let line = |cells: &[String]| -> String {
            cells
                .iter()
                .zip(&widths)
                .zip(&self.align)
                .map(|((c, w), a)| format!("| {} ", pad(c, *w, *a)))
                .collect::<String>()
                + "|"
        };
        writeln!(f, "{rule}")?;
        writeln!(f, "{}", line(&self.head))?;
        writeln!(f, "{rule}")?;
        for row in &self.rows {
            writeln!(f, "{}", line(row))?;
        }
        f.write_str(&rule)
    }
}

inert_fixture_does_not_build!();
