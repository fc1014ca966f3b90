// Synthetic, inert fixture written from public reports
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{DataStruct, Field, Fields};

fn marked(field: &Field) -> bool {
    field.attrs.iter().any(|a| a.path().is_ident("wipe"))
}

/// Statements that overwrite the bytes behind a mutable borrow called `place`.
fn overwrite() -> TokenStream {
    quote! {
        let bytes: &mut [u8] = unsafe {
            ::core::slice::from_raw_parts_mut(place.as_ptr() as *mut u8, place.len())
        };
        for byte in bytes.iter_mut() {
            unsafe { ::core::ptr::write_volatile(byte, 0) };
        }
        ::core::sync::atomic::compiler_fence(::core::sync::atomic::Ordering::SeqCst);
    }
}

/// Overwrites the marked fields of a struct.
pub fn of_struct(data: &DataStruct) -> TokenStream {
    let Fields::Named(fields) = &data.fields else {
        return quote!(compile_error!("named fields are needed"););
    };
    let wipe = overwrite();
    let mut out = TokenStream::new();
    for field in fields.named.iter().filter(|f| marked(f)) {
        let name = field.ident.as_ref().expect("named");
        out.extend(quote! {{ let place = &mut self.#name; #wipe }});
    }
    let _ = format_ident!("place");
    out
}
