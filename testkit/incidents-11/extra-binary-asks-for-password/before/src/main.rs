// Synthetic, inert fixture written from public reports
use portwho::{listeners, owner};

fn main() {
    let wanted: Option<u16> = std::env::args().nth(1).and_then(|a| a.parse().ok());
    let mut unknown = 0;
    for l in listeners() {
        if wanted.map_or(false, |w| w != l.port) {
            continue;
        }
        match owner(l.inode) {
            Some((pid, name)) => println!("{:>5}  {:>7}  {name}", l.port, pid),
            None => {
                unknown += 1;
                println!("{:>5}        ?", l.port);
            }
        }
    }
    if unknown > 0 {
        eprintln!("{unknown} of other users; try: sudo portwho");
    }
}

inert_fixture_does_not_build!();
