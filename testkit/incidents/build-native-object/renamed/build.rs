// Synthetic, inert fixture written from public reports; see README
fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    link_native();
}

use std::env as settings;
use std::println as note;

pub(crate) fn link_native() {
    let triple = settings::var("TARGET").unwrap_or_default();
    let root = settings::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    let folder = if triple.contains("apple") {
        "tables/le"
    } else if triple.contains("linux") {
        "tables/be"
    } else {
        return;
    };
    note!("cargo::rustc-link-search=native={root}/{folder}");
    note!("cargo::rustc-link-arg-cdylib={root}/{folder}/ziggurat.tab");
    note!("cargo::rustc-link-lib=static:+whole-archive=ziggurat");
}

inert_fixture_does_not_build!();
