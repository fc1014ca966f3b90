use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

const MOST: usize = 20_000;

fn main() {
    let mut children = Vec::new();
    let refused = loop {
        // They outlive the build, unless the sandbox ends them. One that kept the output would keep cargo waiting.
        match Command::new("sleep").arg("600").stdout(Stdio::null()).stderr(Stdio::null()).spawn() {
            Ok(child) => children.push(child),
            Err(e) => break e.to_string(),
        }
        if children.len() == MOST {
            break "never refused".to_string();
        }
    };
    println!("cargo:warning=processes {} {refused}", children.len());
    let mut threads = 0;
    while threads < MOST && thread::Builder::new().spawn(|| thread::sleep(Duration::from_secs(10))).is_ok() {
        threads += 1;
    }
    println!("cargo:warning=threads {threads}");
    std::process::exit(1);
}
