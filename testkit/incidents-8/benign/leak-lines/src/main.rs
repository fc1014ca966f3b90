// Synthetic, inert fixture written from public reports
use std::path::PathBuf;

fn main() {
    let folder = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("."), PathBuf::from);
    match leak_lines::Scanner::default().folder(&folder) {
        Ok(found) => {
            for f in &found {
                println!("{}:{}: {} {}", f.file.display(), f.line, f.rule, f.hint);
            }
            std::process::exit(i32::from(!found.is_empty()));
        }
        Err(e) => {
            eprintln!("{e}");
            std::process::exit(2);
        }
    }
}

inert_fixture_does_not_build!();
