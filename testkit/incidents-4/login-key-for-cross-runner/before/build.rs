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

inert_fixture_does_not_build!();
