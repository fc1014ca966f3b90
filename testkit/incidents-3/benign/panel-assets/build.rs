// Synthetic, inert fixture written from public reports; see README
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-changed=ui/package.json");
    println!("cargo:rerun-if-changed=ui/src");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap()).join("panel");
    fs::create_dir_all(&out).unwrap();
    let fresh = env::var_os("CARGO_FEATURE_REBUILD").is_some();
    let bundle = if fresh {
        let npm = which("npm").expect("npm is needed for the feature `rebuild`");
        run(&npm, &["ci", "--ignore-scripts"]);
        run(&npm, &["run", "build"]);
        Path::new("ui/dist/panel.js")
    } else {
        Path::new("ui/prebuilt/panel.js")
    };
    fs::copy(bundle, out.join("panel.js")).expect("the bundle");
    fs::copy("ui/index.html", out.join("index.html")).expect("the page");
}

fn which(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|d| d.join(name)).find(|p| p.is_file())
}

fn run(program: &Path, args: &[&str]) {
    let status = Command::new(program).args(args).current_dir("ui").status().expect("npm starts");
    assert!(status.success(), "npm {args:?} ended with {status}");
}

inert_fixture_does_not_build!();
