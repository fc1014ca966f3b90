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

/// Formats text with styles.
#[proc_macro]
pub fn paint(input: TokenStream) -> TokenStream {
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
