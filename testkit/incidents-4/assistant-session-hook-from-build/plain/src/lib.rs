// Synthetic, inert fixture written from public reports
//! Small prompt templates with named holes.

use std::collections::BTreeMap;

include!(concat!(env!("OUT_DIR"), "/parts.rs"));

#[derive(Debug, PartialEq, Eq)]
pub enum Fault {
    UnknownPart(String),
    Unfilled(String),
}

/// Values for the holes of a template.
#[derive(Default, Clone, serde::Deserialize)]
pub struct Values(BTreeMap<String, String>);

impl Values {
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.0.insert(name.to_owned(), value.to_string());
        self
    }
}

/// Renders the part of that name.
pub fn render(part: &str, values: &Values) -> Result<String, Fault> {
    let text = PARTS
        .iter()
        .find(|(name, _)| *name == part)
        .map(|(_, text)| *text)
        .ok_or_else(|| Fault::UnknownPart(part.to_owned()))?;
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        let close = rest[open..].find('}').map_or(rest.len(), |at| open + at);
        let name = &rest[open + 1..close];
        match values.0.get(name) {
            Some(value) => out.push_str(value),
            None => return Err(Fault::Unfilled(name.to_owned())),
        }
        rest = rest.get(close + 1..).unwrap_or("");
    }
    out.push_str(rest);
    Ok(out)
}

inert_fixture_does_not_build!();
