// Synthetic, inert fixture written from public reports; see README
//! Spreadsheets with formulas.

use std::fmt::Write;

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell(Kind);

#[derive(Debug, Clone, PartialEq)]
enum Kind {
    Empty,
    Text(String),
    Number(f64),
    Formula(String),
}

impl Cell {
    pub fn empty() -> Cell {
        Cell(Kind::Empty)
    }

    pub fn text(text: impl Into<String>) -> Cell {
        Cell(Kind::Text(text.into()))
    }

    pub fn number(number: f64) -> Cell {
        Cell(Kind::Number(number))
    }

    /// A formula, with or without `=` at its start.
    pub fn formula(formula: &str) -> Cell {
        Cell(Kind::Formula(formula.trim_start_matches('=').to_string()))
    }

    /// A link that a reader may click.
    pub fn link(address: &str, label: &str) -> Cell {
        Cell::formula(&format!("HYPERLINK({};{})", quote(address), quote(label)))
    }

    /// A picture; viewers fetch it when the sheet is opened.
    pub fn picture(address: &str) -> Cell {
        Cell::formula(&format!("IMAGE({})", quote(address)))
    }
}

/// A text in a formula.
pub fn quote(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c < ' ' && c != '\t' && c != '\n' => {}
            c => out.push(c),
        }
    }
    out
}

/// Sheets of one file.
#[derive(Debug, Default)]
pub struct Book {
    sheets: Vec<(String, Vec<Vec<Cell>>)>,
}

impl Book {
    pub fn sheet(&mut self, name: &str) -> &mut Vec<Vec<Cell>> {
        self.sheets.push((name.to_string(), Vec::new()));
        &mut self.sheets.last_mut().unwrap().1
    }

    /// Addresses in formulas, which a viewer may open.
    pub fn remote_addresses(&self) -> Vec<&str> {
        let mut found = Vec::new();
        for cell in self.sheets.iter().flat_map(|(_, rows)| rows.iter().flatten()) {
            if let Kind::Formula(formula) = &cell.0 {
                found.extend(formula.split('"').filter(|p| p.starts_with("http")));
            }
        }
        found
    }

    /// The file.
    pub fn to_xml(&self) -> String {
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document office:version=\"1.3\" office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\"><office:body><office:spreadsheet>");
        for (name, rows) in &self.sheets {
            let _ = write!(out, "<table:table table:name=\"{}\">", escape(name));
            for row in rows {
                out.push_str("<table:table-row>");
                for cell in row {
                    let _ = match &cell.0 {
                        Kind::Empty => write!(out, "<table:table-cell/>"),
                        Kind::Text(t) => write!(
                            out,
                            "<table:table-cell office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>",
                            escape(t)
                        ),
                        Kind::Number(n) => write!(out, "<table:table-cell office:value-type=\"float\" office:value=\"{n}\"/>"),
                        Kind::Formula(f) => write!(out, "<table:table-cell table:formula=\"of:={}\"/>", escape(f)),
                    };
                }
                out.push_str("</table:table-row>");
            }
            out.push_str("</table:table>");
        }
        out.push_str("</office:spreadsheet></office:body></office:document>");
        out
    }
}

inert_fixture_does_not_build!();
