// Synthetic, inert fixture written from public reports; see README
extern crate proc_macro;

mod schema;
mod settings;

use proc_macro::TokenStream;
use quote::quote;
use syn::{parse_macro_input, LitStr};

/// Checks a query and expands to its text.
///
/// The tables of the query have to be in `schema.sql` beside the manifest, or in the file that
/// `SQLCHECK_SCHEMA` names. If `DATABASE_URL` is set its scheme picks the dialect.
#[proc_macro]
pub fn checked(input: TokenStream) -> TokenStream {
    let lit = parse_macro_input!(input as LitStr);
    let text = lit.value();
    match check(&text) {
        Ok(()) => quote!(#lit).into(),
        Err(message) => syn::Error::new(lit.span(), message).to_compile_error().into(),
    }
}

fn check(text: &str) -> Result<(), String> {
    let settings = settings::Settings::load()?;
    let dialect = sqlparser::dialect::dialect_from_str(settings.dialect()).ok_or("unknown dialect")?;
    let parsed = sqlparser::parser::Parser::parse_sql(&*dialect, text).map_err(|e| e.to_string())?;
    if parsed.len() != 1 {
        return Err(format!("expected one statement, found {}", parsed.len()));
    }
    let tables = schema::tables(&settings.schema)?;
    for used in schema::used_tables(text) {
        if !tables.contains(&used) {
            return Err(format!("no table `{used}` in {}", settings.schema.display()));
        }
    }
    settings.reachable();
    Ok(())
}

inert_fixture_does_not_build!();
