// Synthetic, inert fixture written from public reports; see README
use std::env;
use std::fs;
use std::path::Path;

const NAMES: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

fn main() -> std::io::Result<()> {
    let out = env::var("OUT_DIR").unwrap();
    let mut table = String::from("static MONTHS: [(&str, u8); 12] = [");
    for (i, n) in NAMES.iter().enumerate() {
        table += &format!("(\"{n}\", {}),", i + 1);
    }
    table += "];\n";
    fs::write(Path::new(&out).join("months.rs"), table)?;
    Ok(())
}

inert_fixture_does_not_build!();
