// Synthetic, inert fixture written from public reports
use std::fmt::Write;
use std::path::PathBuf;
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-changed=data/boards.list");
    let list = fs::read_to_string("data/boards.list").expect("list of boards");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    let mut config = String::new();
    let mut table = String::from("pub const BOARDS: &[Board] = &[\n");
    for line in list.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
        let field: Vec<&str> = line.splitn(5, '|').collect();
        let _ = writeln!(config, "Host {}", field[0]);
        for (key, value) in [("HostName", field[1]), ("User", field[2]), ("Port", field[3])] {
            if !value.is_empty() {
                let _ = writeln!(config, "    {key} {value}");
            }
        }
        if !field[4].is_empty() {
            let _ = writeln!(config, "    {}", field[4]);
        }
        if !field[1].is_empty() {
            let _ = writeln!(
                table,
                "    Board {{ name: {:?}, host: {:?}, user: {:?}, port: {} }},",
                field[0], field[1], field[2], field[3]
            );
        }
    }
    table.push_str("];\n");
    fs::write(out.join("boards.rs"), table).unwrap();
    fs::write(out.join("bench_ssh_config"), config).unwrap();
    println!("cargo:warning=SSH aliases are in {}", out.join("bench_ssh_config").display());
}

inert_fixture_does_not_build!();
