// Synthetic, inert fixture written from public reports; see README
fn main() {
    let total = std::env::args().nth(1).and_then(|a| a.parse().ok()).unwrap_or(10);
    progress_lines::run(total);
}

inert_fixture_does_not_build!();
