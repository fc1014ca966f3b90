// Synthetic, inert fixture written from public reports; see README
use sha2::{Digest, Sha256};
use std::io::Read;
use std::path::Path;
use std::time::Instant;
use std::{env, fs};

/// The corpus of the figures in the documentation; a text file, read and never run.
const CORPUS: &str = "https://corpora.example.invalid/plain-2024.txt";
const DIGEST: &str = "0000000000000000000000000000000000000000000000000000000000000000";

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

fn corpus() -> Option<String> {
    if let Ok(path) = env::var("PACE_CORPUS") {
        return fs::read_to_string(path).ok();
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/corpus/plain-2024.txt");
    if let Ok(text) = fs::read_to_string(&path) {
        return (digest(text.as_bytes()) == DIGEST).then_some(text);
    }
    if env::var("PACE_DOWNLOAD").as_deref() != Ok("1") {
        return None;
    }
    let mut bytes = Vec::new();
    ureq::get(CORPUS).call().ok()?.into_reader().take(64 << 20).read_to_end(&mut bytes).ok()?;
    if digest(&bytes) != DIGEST {
        eprintln!("the corpus is not the one that was measured");
        return None;
    }
    fs::create_dir_all(path.parent()?).ok()?;
    fs::write(&path, &bytes).ok()?;
    String::from_utf8(bytes).ok()
}

fn main() {
    let Some(text) = corpus() else {
        println!("no corpus; see the README");
        return;
    };
    let mut times: Vec<_> = (0..7)
        .map(|_| {
            let began = Instant::now();
            let n = corpus_pace::sentences(&text).len();
            (began.elapsed(), n)
        })
        .collect();
    times.sort();
    let (median, n) = times[3];
    println!("{n} sentences in {median:?}, {:.1} MB/s", text.len() as f64 / 1e6 / median.as_secs_f64());
}

inert_fixture_does_not_build!();
