// Synthetic, inert fixture written from public reports; see README
use linesift::Sift;
use std::time::Instant;

/// A text of numbered lines, the same in each run.
fn corpus() -> String {
    let mut x = 12345u32;
    let mut out = String::new();
    for i in 0..200_000 {
        x = x.wrapping_mul(1664525).wrapping_add(1013904223);
        out.push_str(&format!("{i} {:x} word{} tail\n", x, x % 977));
    }
    out
}

fn time(name: &str, mut f: impl FnMut() -> usize) {
    let best = (0..5)
        .map(|_| {
            let began = Instant::now();
            let n = f();
            (began.elapsed(), n)
        })
        .min()
        .unwrap();
    println!("{name:8} {:?} for {} lines", best.0, best.1);
}

fn main() {
    let text = corpus();
    let words: Vec<String> = (0..50).map(|i| format!("word{}", i * 13)).collect();
    let sift = Sift::new(&words);
    time("sift", || sift.lines(&text).count());
    time("naive", || text.lines().filter(|l| words.iter().any(|w| l.contains(w.as_str()))).count());
}

inert_fixture_does_not_build!();
