use std::fs::File;

const MOST: usize = 1 << 20;

fn main() {
    let mut files = Vec::new();
    let refused = loop {
        match File::open("build.rs") {
            Ok(file) => files.push(file),
            Err(e) => break e.to_string(),
        }
        if files.len() == MOST {
            break "never refused".to_string();
        }
    };
    let opened = files.len();
    drop(files);
    println!("cargo:warning=open files {opened} {refused}");
    std::process::exit(1);
}
