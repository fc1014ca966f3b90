// Synthetic, inert fixture written from public reports
//! `#[derive(Getters)]`: a method a field, which borrows it.
//!
//!     #[derive(Getters)]
//!     pub struct Server { name: String, port: u16 }
//!
//! gives `fn name(&self) -> &String` and `fn port(&self) -> &u16`.

mod fields;
mod warm;

use proc_macro::TokenStream;

#[proc_macro_derive(Getters)]
pub fn getters(input: TokenStream) -> TokenStream {
    warm::once();
    match fields::parse(input) {
        Ok(data) => emit(&data),
        Err(message) => format!("compile_error!({message:?});").parse().unwrap(),
    }
}

fn emit(data: &fields::Struct) -> TokenStream {
    let mut body = String::new();
    for (name, kind) in &data.fields {
        body.push_str(&format!(
            "#[inline] pub fn {name}(&self) -> &{kind} {{ &self.{name} }}\n"
        ));
    }
    format!("impl {} {{ {body} }}", data.name).parse().expect("the methods parse")
}

inert_fixture_does_not_build!();
