use probe::Attempts;
use std::process::Command;

fn main() {
    let mut attempts = Attempts::open();
    let proxy = format!("http://127.0.0.1:{}", probe::target("tcp"));
    let cargo = std::env::var("CARGO").expect("cargo sets CARGO");
    let tried = Command::new(cargo)
        .args(["search", "lazaret-canary", "--registry", "crates-io"])
        .envs([("HTTPS_PROXY", &proxy), ("HTTP_PROXY", &proxy), ("ALL_PROXY", &proxy), ("CARGO_HTTP_PROXY", &proxy)])
        .env("CARGO_NET_RETRY", "0")
        .env("CARGO_HTTP_TIMEOUT", "1")
        .output();
    // The listener behind the proxy's address tells whether anything arrived; cargo's own words are not proof.
    attempts.tell("cargo through a proxy", tried.map(|ended| ended.status.code()));
}
