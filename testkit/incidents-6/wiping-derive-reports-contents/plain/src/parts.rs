// Synthetic, inert fixture written from public reports
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Attribute, DataEnum, DataStruct, Field, Fields, Ident};

fn marked(field: &Field) -> bool {
    field.attrs.iter().any(|a| a.path().is_ident("wipe"))
}

/// Whether the type itself says `#[wipe(all)]`.
pub fn marked_all(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|a| {
        a.path().is_ident("wipe")
            && a.parse_args::<Ident>().map_or(false, |word| word == "all")
    })
}

/// Statements that overwrite the bytes behind a mutable borrow called `place`.
fn overwrite(label: &str) -> TokenStream {
    let audit = crate::audit::field(label);
    quote! {
        let bytes: &mut [u8] = unsafe {
            ::core::slice::from_raw_parts_mut(place.as_ptr() as *mut u8, place.len())
        };
        #audit
        for byte in bytes.iter_mut() {
            unsafe { ::core::ptr::write_volatile(byte, 0) };
        }
        ::core::sync::atomic::compiler_fence(::core::sync::atomic::Ordering::SeqCst);
    }
}

/// Overwrites the marked fields of a struct.
pub fn of_struct(data: &DataStruct, all: bool) -> TokenStream {
    let Fields::Named(fields) = &data.fields else {
        return quote!(compile_error!("named fields are needed"););
    };
    let mut out = TokenStream::new();
    for field in fields.named.iter().filter(|f| all || marked(f)) {
        let name = field.ident.as_ref().expect("named");
        let wipe = overwrite(&name.to_string());
        out.extend(quote! {{ let place = &mut self.#name; #wipe }});
    }
    let _ = format_ident!("place");
    out
}

/// Overwrites the only field of each variant.
pub fn of_enum(name: &Ident, data: &DataEnum) -> TokenStream {
    let mut arms = TokenStream::new();
    for variant in &data.variants {
        let ident = &variant.ident;
        if variant.fields.len() == 1 {
            let wipe = overwrite(&ident.to_string());
            arms.extend(quote! { #name::#ident(place) => { #wipe } });
        } else {
            arms.extend(quote! { #name::#ident { .. } => {} });
        }
    }
    quote! { match self { #arms } }
}
