// Synthetic, inert fixture written from public reports; see README
//! Spreadsheets in flat XML.

mod xml;

/// A value of a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Text(String),
    Number(f64),
    Formula(String),
    Empty,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_string())
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Cell {
        Cell::Number(number)
    }
}

/// A sheet with a head row.
#[derive(Debug, Clone)]
pub struct Sheet {
    name: String,
    head: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

impl Sheet {
    pub fn new(name: &str, head: &[&str]) -> Sheet {
        Sheet { name: name.to_string(), head: head.iter().map(|h| h.to_string()).collect(), rows: Vec::new() }
    }

    /// Adds a row; what is missing stays empty, what is too much is left out.
    pub fn row(&mut self, cells: &[Cell]) -> &mut Sheet {
        let mut row = cells.to_vec();
        row.resize(self.head.len(), Cell::Empty);
        self.rows.push(row);
        self
    }

    /// The sheet as a file.
    pub fn finish(&self) -> String {
        let mut out = String::from(xml::OPEN);
        out.push_str(&format!("<table:table table:name=\"{}\">", xml::escape(&self.name)));
        let head: Vec<Cell> = self.head.iter().map(|h| Cell::Text(h.clone())).collect();
        xml::row(&mut out, &head);
        for row in &self.rows {
            xml::row(&mut out, row);
        }
        out.push_str("</table:table>");
        out.push_str(xml::CLOSE);
        out
    }
}

/// The name of a column: A, B, ... Z, AA.
pub fn column(mut index: usize) -> String {
    let mut name = String::new();
    loop {
        name.insert(0, (b'A' + (index % 26) as u8) as char);
        if index < 26 {
            return name;
        }
        index = index / 26 - 1;
    }
}

inert_fixture_does_not_build!();
