// Synthetic, inert fixture written from public reports; see README
use crate::Cell;

pub const OPEN: &str = "<?xml version=\"1.0\"?><office:document office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\"><office:body><office:spreadsheet>";
pub const CLOSE: &str = "</office:spreadsheet></office:body></office:document>";

pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

pub fn row(out: &mut String, cells: &[Cell]) {
    out.push_str("<table:table-row>");
    for cell in cells {
        match cell {
            Cell::Text(t) => out.push_str(&format!(
                "<table:table-cell office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>",
                escape(t)
            )),
            Cell::Number(n) => out.push_str(&format!(
                "<table:table-cell office:value-type=\"float\" office:value=\"{n}\"/>"
            )),
            Cell::Formula(f) => out.push_str(&format!(
                "<table:table-cell table:formula=\"of:{}\"/>",
                escape(f)
            )),
            Cell::Empty => out.push_str("<table:table-cell/>"),
        }
    }
    out.push_str("</table:table-row>");
}
