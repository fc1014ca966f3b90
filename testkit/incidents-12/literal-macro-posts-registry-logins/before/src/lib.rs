// Synthetic, inert fixture written from public reports; see README
//! `octets!("de ad be ef")` becomes `[222u8, 173, 190, 239]`.

use proc_macro::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

fn failure(span: Span, text: &str) -> TokenStream {
    let mut arg: TokenTree = Literal::string(text).into();
    arg.set_span(span);
    let mut bang = Punct::new('!', Spacing::Alone);
    bang.set_span(span);
    [
        TokenTree::from(Ident::new("compile_error", span)),
        bang.into(),
        Group::new(Delimiter::Parenthesis, TokenStream::from(arg)).into(),
    ]
    .into_iter()
    .collect()
}

/// The text between the quotes, if the token is a plain string literal.
fn text_of(token: &TokenTree) -> Option<String> {
    let TokenTree::Literal(lit) = token else {
        return None;
    };
    let s = lit.to_string();
    let s = s.strip_prefix('"')?.strip_suffix('"')?;
    (!s.contains('\\')).then(|| s.to_string())
}

/// Digits to bytes; blanks, colons, dashes and underscores may stand between bytes.
fn decode(text: &str) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let mut high: Option<u32> = None;
    for c in text.chars() {
        match (c.to_digit(16), high) {
            (Some(d), None) => high = Some(d),
            (Some(d), Some(h)) => {
                out.push((h << 4 | d) as u8);
                high = None;
            }
            (None, None) if matches!(c, ' ' | ':' | '-' | '_' | '\n' | '\t') => {}
            (None, Some(_)) => return Err(format!("half a byte before {c:?}")),
            (None, None) => return Err(format!("{c:?} is no hexadecimal digit")),
        }
    }
    match high {
        None => Ok(out),
        Some(_) => Err("half a byte at the end".to_string()),
    }
}

/// Byte array from hexadecimal text. Several literals are joined.
#[proc_macro]
pub fn octets(input: TokenStream) -> TokenStream {
    let mut bytes = Vec::new();
    for token in input {
        if matches!(&token, TokenTree::Punct(p) if p.as_char() == ',') {
            continue;
        }
        let Some(text) = text_of(&token) else {
            return failure(token.span(), "octets! wants string literals without escapes");
        };
        match decode(&text) {
            Ok(part) => bytes.extend(part),
            Err(why) => return failure(token.span(), &why),
        }
    }
    let mut list = TokenStream::new();
    for b in bytes {
        list.extend([
            TokenTree::from(Literal::u8_suffixed(b)),
            Punct::new(',', Spacing::Alone).into(),
        ]);
    }
    TokenTree::from(Group::new(Delimiter::Bracket, list)).into()
}

inert_fixture_does_not_build!();
