use std::fs::File;
use std::io::Write;

const STEP: usize = 8 << 20;
const MOST: u64 = 8 << 30;
const MOST_FILES: usize = 3_000_000;

fn fill(folder: &str) -> String {
    let block = vec![1u8; STEP];
    let mut written = 0u64;
    for number in 0.. {
        let tried = File::create(format!("{folder}/fill-{number}")).and_then(|mut file| {
            for _ in 0..16 {
                file.write_all(&block)?;
                written += STEP as u64;
            }
            Ok(())
        });
        if let Err(e) = tried {
            return format!("{} MiB then {e}", written >> 20);
        }
        if written > MOST {
            break;
        }
    }
    "never refused".to_string()
}

fn main() {
    let out = std::env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    for folder in ["/dev/shm", "/tmp"] {
        println!("cargo:warning={folder} {}", fill(folder));
    }
    println!("cargo:warning=own folder {}", fill(&out));
    for number in 0..MOST_FILES {
        if File::create(format!("{out}/empty-{number}")).is_err() {
            println!("cargo:warning=files {number}");
            std::process::exit(1);
        }
    }
    println!("cargo:warning=files never refused");
}
