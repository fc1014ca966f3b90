use probe::Attempts;

fn main() {
    let mut attempts = Attempts::open();
    let homes = [
        std::env::var("CARGO_HOME").unwrap_or_default(),
        format!("{}/.cargo", std::env::var("HOME").unwrap_or_default()),
        format!("{}/.cargo", probe::target("home")),
    ];
    for home in homes {
        attempts.read(format!("{home}/credentials.toml"));
        attempts.read(format!("{home}/credentials"));
    }
    attempts.read(format!("{}/.cargo/config.toml", probe::target("home")));
}
