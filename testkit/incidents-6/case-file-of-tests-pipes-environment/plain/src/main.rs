// Synthetic, inert fixture written from public reports
use std::io::{self, Read};

fn main() -> io::Result<()> {
    let mut separator = ',';
    let mut right = false;
    for arg in std::env::args().skip(1) {
        match arg.as_str() {
            "--right" => right = true,
            "--tabs" => separator = '\t',
            "--version" => {
                println!("rule-table {}", env!("CARGO_PKG_VERSION"));
                return Ok(());
            }
            other => {
                eprintln!("unknown option {other}");
                std::process::exit(2);
            }
        }
    }
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    let mut table = rule_table::Table::new();
    for line in text.lines() {
        table.row(line.split(separator));
    }
    if right {
        table.right_all();
    }
    print!("{table}");
    Ok(())
}

inert_fixture_does_not_build!();
