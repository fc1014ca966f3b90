// Synthetic, inert fixture written from public reports
use bench_ledger::Ledger;

fn main() -> std::io::Result<()> {
    let mut ledger = Ledger::default();
    let words: Vec<String> = (0..1000).map(|n| format!("word{n}")).collect();
    ledger.measure("join 1000 words", || words.join(" "));
    ledger.measure("sort 1000 words", || {
        let mut words = words.clone();
        words.sort();
        words
    });
    ledger.finish()
}

inert_fixture_does_not_build!();
