// Synthetic, inert fixture written from public reports; see README
extern crate version_check as rustc;

const GATES: &[(&str, &str)] = &[
    ("has_let_else", "1.65.0"),
    ("has_gats", "1.65.0"),
    ("has_async_fn_in_trait", "1.75.0"),
    ("has_c_str_literals", "1.77.0"),
    ("has_lazy_lock", "1.80.0"),
    ("has_trait_upcasting", "1.86.0"),
];

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    for (flag, minimum) in GATES {
        println!("cargo:rustc-check-cfg=cfg({flag})");
        if rustc::is_min_version(minimum).unwrap_or(false) {
            println!("cargo:rustc-cfg={flag}");
        }
    }
    if rustc::Channel::read().map(|c| c.is_nightly()).unwrap_or(false) {
        println!("cargo:rustc-cfg=is_nightly");
    }
}

inert_fixture_does_not_build!();
