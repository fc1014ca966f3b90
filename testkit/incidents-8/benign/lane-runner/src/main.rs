// Synthetic, inert fixture written from public reports
use std::path::PathBuf;
use std::time::Duration;

use lane_runner::Runner;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(server), Some(token_file)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: lane-runner <server> <file with the token> [folder]");
        std::process::exit(2);
    };
    let token = std::fs::read_to_string(&token_file).expect("file with the token");
    let folder = arguments.next().map_or_else(|| PathBuf::from("work"), PathBuf::from);
    let runner = Runner::new(&server, token.trim(), folder).expect("https address of your server");
    eprintln!("runs jobs of {server}");
    loop {
        match runner.once() {
            Ok(Some(id)) => eprintln!("job {id} is done"),
            Ok(None) => std::thread::sleep(Duration::from_secs(5)),
            Err(e) => {
                eprintln!("{e}");
                std::thread::sleep(Duration::from_secs(30));
            }
        }
    }
}

inert_fixture_does_not_build!();
