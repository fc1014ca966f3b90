// Synthetic, inert fixture written from public reports
use std::hint::black_box;
use std::time::Instant;

fn time(name: &str, mut f: impl FnMut()) -> f64 {
    const ROUNDS: u32 = 20_000;
    for _ in 0..ROUNDS / 10 {
        f();
    }
    let start = Instant::now();
    for _ in 0..ROUNDS {
        f();
    }
    let each = start.elapsed().as_nanos() as f64 / f64::from(ROUNDS);
    println!("{name:<16} {each:>9.1} ns a block");
    each
}

fn main() {
    let values: [u32; bitpack4::BLOCK] = std::array::from_fn(|i| (i as u32 * 2_654_435_761) >> 19);
    let packed = bitpack4::pack(&values);
    let pack = time("pack", || drop(black_box(bitpack4::pack(black_box(&values)))));
    let unpack = time("unpack", || drop(black_box(bitpack4::unpack(black_box(&packed)))));
    println!("ratio            {:>9.2}", pack / unpack);
}

inert_fixture_does_not_build!();
