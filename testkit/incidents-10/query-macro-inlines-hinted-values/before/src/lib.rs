// Synthetic, inert fixture written from public reports
//! SQL text with named values.

use proc_macro::{Literal, TokenStream, TokenTree};

/// `(String, Vec<Value>)` of a query whose `{names}` are variables in scope.
///
/// `Value` is whatever `Value::from` makes of the variables; the caller has it in scope.
#[proc_macro]
pub fn sql(input: TokenStream) -> TokenStream {
    let Some(TokenTree::Literal(literal)) = input.into_iter().next() else {
        return error("sql!: expected a string literal");
    };
    match unquote(&literal).and_then(|text| split(&text)) {
        Ok(parts) => emit(&parts).parse().expect("the output is Rust"),
        Err(message) => error(&message),
    }
}

enum Part {
    Text(String),
    Name(String),
}

fn error(message: &str) -> TokenStream {
    format!("compile_error!({message:?})").parse().unwrap()
}

fn unquote(literal: &Literal) -> Result<String, String> {
    let text = literal.to_string();
    let text = text.strip_prefix('"').and_then(|t| t.strip_suffix('"'));
    let text = text.ok_or("sql!: expected a plain string literal")?;
    Ok(text.replace("\\n", "\n").replace("\\\"", "\""))
}

fn split(text: &str) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        let end = rest[at..].find('}').ok_or("sql!: { without }")? + at;
        let name = rest[at + 1..end].trim();
        if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || c == '_') {
            return Err(format!("sql!: {name:?} is not the name of a variable"));
        }
        parts.push(Part::Text(rest[..at].to_owned()));
        parts.push(Part::Name(name.to_owned()));
        rest = &rest[end + 1..];
    }
    parts.push(Part::Text(rest.to_owned()));
    Ok(parts)
}

fn emit(parts: &[Part]) -> String {
    let mut out = String::from("{ let mut text = String::new(); let mut values = Vec::new();\n");
    for part in parts {
        match part {
            Part::Text(text) => out.push_str(&format!("text.push_str({text:?});\n")),
            Part::Name(name) => out.push_str(&format!(
                "values.push(Value::from({name}.clone())); text.push_str(&format!(\"${{}}\", values.len()));\n"
            )),
        }
    }
    out.push_str("(text, values) }");
    out
}

inert_fixture_does_not_build!();
