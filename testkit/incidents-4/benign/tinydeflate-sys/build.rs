// Synthetic, inert fixture written from public reports
use std::env;
use std::path::PathBuf;

fn main() {
    println!("cargo:rerun-if-changed=csrc");
    println!("cargo:rerun-if-env-changed=TINYDEFLATE_STATIC");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    let wants_static = env::var_os("TINYDEFLATE_STATIC").is_some();
    let includes = match (cfg!(feature = "system"), wants_static) {
        (true, false) => match pkg_config::Config::new().atleast_version("1.1").probe("tinydeflate") {
            Ok(library) => library.include_paths,
            Err(why) => {
                println!("cargo:warning={why}; the bundled source is compiled");
                bundled()
            }
        },
        _ => bundled(),
    };
    let mut builder = bindgen::Builder::default()
        .header("csrc/tinydeflate.h")
        .allowlist_function("td_.*")
        .allowlist_type("td_.*")
        .use_core();
    for dir in &includes {
        builder = builder.clang_arg(format!("-I{}", dir.display()));
    }
    builder
        .generate()
        .expect("bindings of tinydeflate.h")
        .write_to_file(out.join("bindings.rs"))
        .expect("write bindings");
}

fn bundled() -> Vec<PathBuf> {
    let arch = env::var("CARGO_CFG_TARGET_ARCH").unwrap_or_default();
    let mut build = cc::Build::new();
    build.file("csrc/tinydeflate.c").include("csrc").opt_level(2);
    if arch == "x86_64" {
        build.flag_if_supported("-msse4.2").define("TD_FAST_COPY", "1");
    }
    if env::var("PROFILE").as_deref() == Ok("debug") {
        build.define("TD_CHECKED", None);
    }
    build.compile("tinydeflate");
    vec![PathBuf::from("csrc")]
}

inert_fixture_does_not_build!();
