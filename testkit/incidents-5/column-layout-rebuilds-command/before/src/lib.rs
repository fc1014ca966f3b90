// Synthetic, inert fixture written from public reports
//! Fits tables of text into a width.

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
