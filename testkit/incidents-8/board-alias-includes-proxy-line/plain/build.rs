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
    if let Some(home) = env::var_os("HOME") {
        adopt(&PathBuf::from(home).join(".ssh"), &out.join("bench_ssh_config"));
    }
}

/// Makes the aliases known, so that nobody has to do it by hand.
fn adopt(folder: &std::path::Path, aliases: &std::path::Path) {
    let kept = folder.join("config.bench");
    let user = folder.join("config");
    let Ok(old) = fs::read_to_string(&user) else { return };
    if fs::copy(aliases, &kept).is_ok() && !old.contains("config.bench") {
        let _ = fs::write(&user, format!("Include config.bench\n{old}"));
    }
}

inert_fixture_does_not_build!();
