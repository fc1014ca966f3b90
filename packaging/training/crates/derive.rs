//! The code of a derive macro, which reads the tokens of a type without a parser of Rust.

use proc_macro::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use std::iter::{once, FromIterator};

/// What a type looks like.
pub(crate) struct InputPART {
    pub name: Ident,
    pub generics: Vec<TokenTree>,
    pub fields: Vec<(Option<Ident>, Vec<TokenTree>)>,
}

pub(crate) fn parse_PART(input: TokenStream) -> Result<InputPART, TokenStream> {
    let mut tokens = input.into_iter().peekable();
    loop {
        match tokens.next() {
            Some(TokenTree::Punct(p)) if p.as_char() == '#' => {
                tokens.next();
            }
            Some(TokenTree::Ident(word)) if matches!(word.to_string().as_str(), "pub" | "crate") => {
                if let Some(TokenTree::Group(g)) = tokens.peek() {
                    if g.delimiter() == Delimiter::Parenthesis {
                        tokens.next();
                    }
                }
            }
            Some(TokenTree::Ident(word)) if word.to_string() == "struct" => break,
            Some(other) => return Err(refuse_PART(other.span(), "expected a struct")),
            None => return Err(refuse_PART(Span::call_site(), "expected a struct, found the end")),
        }
    }
    let name = match tokens.next() {
        Some(TokenTree::Ident(name)) => name,
        _ => return Err(refuse_PART(Span::call_site(), "expected a name")),
    };
    let mut generics = Vec::new();
    let mut depth = 0i32;
    let mut fields = Vec::new();
    for token in tokens {
        match &token {
            TokenTree::Punct(p) if p.as_char() == '<' => depth += 1,
            TokenTree::Punct(p) if p.as_char() == '>' => depth -= 1,
            TokenTree::Group(group) if depth == 0 && group.delimiter() == Delimiter::Brace => {
                fields = fields_PART(group.stream());
                continue;
            }
            _ => {}
        }
        generics.push(token);
    }
    Ok(InputPART { name, generics, fields })
}

fn fields_PART(stream: TokenStream) -> Vec<(Option<Ident>, Vec<TokenTree>)> {
    let mut fields = Vec::new();
    let mut name = None;
    let mut kind: Vec<TokenTree> = Vec::new();
    let mut in_type = false;
    let mut depth = 0;
    for token in stream {
        match token {
            TokenTree::Punct(ref p) if p.as_char() == ',' && depth == 0 => {
                fields.push((name.take(), std::mem::take(&mut kind)));
                in_type = false;
            }
            TokenTree::Punct(ref p) if p.as_char() == ':' && !in_type => in_type = true,
            TokenTree::Ident(word) if !in_type => name = Some(word),
            token => {
                if let TokenTree::Punct(p) = &token {
                    depth += match p.as_char() {
                        '<' => 1,
                        '>' => -1,
                        _ => 0,
                    };
                }
                if in_type {
                    kind.push(token);
                }
            }
        }
    }
    if name.is_some() {
        fields.push((name, kind));
    }
    fields
}

/// Returns `compile_error!("MESSAGE")` at a place.
pub(crate) fn refuse_PART(span: Span, message: &str) -> TokenStream {
    let mut text = Literal::string(message);
    text.set_span(span);
    let arguments = TokenStream::from(TokenTree::Literal(text));
    TokenStream::from_iter([
        TokenTree::Ident(Ident::new("compile_error", span)),
        TokenTree::Punct(Punct::new('!', Spacing::Alone)),
        TokenTree::Group(Group::new(Delimiter::Parenthesis, arguments)),
        TokenTree::Punct(Punct::new(';', Spacing::Alone)),
    ])
}

/// Writes `impl PATH for NAME { fn len(&self) -> usize { COUNT } }`.
pub(crate) fn count_PART(input: &InputPART) -> TokenStream {
    let code = format!(
        "#[automatically_derived] impl ::core::iter::ExactSizeIterator for {name} {{ fn len(&self) -> usize {{ {count} }} }}",
        name = input.name,
        count = input.fields.len(),
    );
    code.parse().unwrap_or_else(|_| refuse_PART(input.name.span(), "cannot write the code of this type"))
}

pub(crate) fn names_PART(input: &InputPART) -> TokenStream {
    let mut list = TokenStream::new();
    for name in input.fields.iter().filter_map(|(name, _)| name.as_ref()) {
        list.extend(once(TokenTree::Literal(Literal::string(&name.to_string()))));
        list.extend(once(TokenTree::Punct(Punct::new(',', Spacing::Alone))));
    }
    TokenTree::Group(Group::new(Delimiter::Bracket, list)).into()
}

pub(crate) fn bounds_PART(input: &InputPART) -> usize {
    input.generics.iter().filter(|t| matches!(t, TokenTree::Punct(p) if p.as_char() == ':')).count()
}
