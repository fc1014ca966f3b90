// Synthetic, inert fixture written from public reports
use did_you_mean_cli::{sentence, Dictionary};

fn main() {
    let words = Dictionary::new(["status", "stash", "push", "pull", "prune"]);
    let typed = std::env::args().nth(1).unwrap_or_default();
    if let Some(text) = sentence(&words.near(&typed, 3)) {
        eprintln!("{text}");
    }
}
