use probe::Attempts;

fn main() {
    let mut attempts = Attempts::open();
    let home = std::env::var("HOME").unwrap_or_default();
    for name in [".netrc", ".cargo/credentials.toml", ".ssh/id_ed25519", ".aws/credentials"] {
        let seen = std::fs::metadata(format!("{home}/{name}")).is_ok();
        attempts.tell(&format!("stat {name}"), seen);
    }
}
