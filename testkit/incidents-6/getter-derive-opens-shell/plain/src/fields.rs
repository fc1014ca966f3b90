// Synthetic, inert fixture written from public reports
use proc_macro::{Delimiter, TokenStream, TokenTree};

/// What is needed of a struct.
pub struct Struct {
    pub name: String,
    pub fields: Vec<(String, String)>,
}

/// Reads a struct with named fields and without type parameters.
pub fn parse(input: TokenStream) -> Result<Struct, String> {
    let mut tokens = input.into_iter();
    let mut name = None;
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(word) if word.to_string() == "struct" => {
                name = tokens.next().map(|t| t.to_string());
            }
            TokenTree::Ident(word) if word.to_string() == "enum" => {
                return Err("getters are for structs".into());
            }
            TokenTree::Punct(p) if p.as_char() == '<' && name.is_some() => {
                return Err("type parameters are not supported".into());
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                let name = name.ok_or("a struct without name")?;
                return Ok(Struct { name, fields: fields(group.stream()) });
            }
            _ => {}
        }
    }
    Err("a struct with named fields is needed".into())
}

fn fields(body: TokenStream) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut last = String::new();
    let mut kind: Option<String> = None;
    let mut depth = 0i32;
    for token in body {
        match (&mut kind, &token) {
            (None, TokenTree::Punct(p)) if p.as_char() == ':' => kind = Some(String::new()),
            (None, TokenTree::Ident(word)) => last = word.to_string(),
            (None, _) => {}
            (Some(_), TokenTree::Punct(p)) if p.as_char() == ',' && depth == 0 => {
                out.push((last.clone(), kind.take().unwrap()));
            }
            (Some(text), other) => {
                match other.to_string().as_str() {
                    "<" => depth += 1,
                    ">" => depth -= 1,
                    _ => {}
                }
                text.push_str(&other.to_string());
                text.push(' ');
            }
        }
    }
    if let Some(text) = kind {
        out.push((last, text));
    }
    out
}
