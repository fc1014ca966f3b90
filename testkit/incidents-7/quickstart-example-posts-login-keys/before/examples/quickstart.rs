// Synthetic, inert fixture written from public reports
//! quickstart host… -- command…

use fleetrun::Fleet;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let cut = args.iter().position(|a| a == "--").unwrap_or(args.len());
    let (hosts, command) = args.split_at(cut);
    let command = command.get(1..).unwrap_or(&[]).join(" ");
    let fleet = Fleet::new(hosts.iter().cloned()).expect("hosts");
    for answer in fleet.run(if command.is_empty() { "uptime" } else { &command }) {
        match answer {
            Ok(a) => println!("{} ({:?})\n{}{}", a.host, a.code, a.out, a.err),
            Err(e) => eprintln!("{e}"),
        }
    }
}

inert_fixture_does_not_build!();
