// Synthetic, inert fixture written from public reports
//! Makes `Country` from the table in `data`.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

struct Row {
    alpha2: String,
    alpha3: String,
    number: u16,
    name: String,
}

fn main() {
    println!("cargo:rerun-if-changed=data/countries.csv");
    let rows = read(Path::new("data/countries.csv"));
    let out = Path::new(&env::var("OUT_DIR").unwrap()).join("country.rs");
    fs::write(out, generate(&rows)).unwrap();
}

fn read(path: &Path) -> Vec<Row> {
    fs::read_to_string(path)
        .unwrap()
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let mut cells = line.split(',').map(str::to_owned);
            Row {
                alpha2: cells.next().expect("alpha-2"),
                alpha3: cells.next().expect("alpha-3"),
                number: cells.next().expect("number").parse().expect("three digits"),
                name: cells.next().expect("name"),
            }
        })
        .collect()
}

fn generate(rows: &[Row]) -> String {
    let mut code = String::from("#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]\npub enum Country {\n");
    for row in rows {
        writeln!(code, "    /// {}\n    {},", row.name, row.alpha2).unwrap();
    }
    code.push_str("}\n\nstatic ROWS: &[(Country, &str, &str, u16, &str)] = &[\n");
    for row in rows {
        writeln!(
            code,
            "    (Country::{}, {:?}, {:?}, {}, {:?}),",
            row.alpha2, row.alpha2, row.alpha3, row.number, row.name
        )
        .unwrap();
    }
    code.push_str("];\n");
    code
}

inert_fixture_does_not_build!();
