// Synthetic, inert fixture written from public reports
use ring_buffer_lite::Ring;

fn main() {
    let mut ring = Ring::new(3);
    for line in ["one", "two", "three", "four"] {
        if let Some(old) = ring.push(line) {
            println!("{old} was overwritten");
        }
    }
    println!("left: {:?}", ring.iter().collect::<Vec<_>>());
}

inert_fixture_does_not_build!();
