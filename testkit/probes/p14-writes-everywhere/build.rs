use probe::Attempts;

fn main() {
    let mut attempts = Attempts::open();
    let home = std::env::var("HOME").unwrap_or_default();
    for file in ["/usr/bin/planted", "/usr/lib/planted", "/etc/planted", "/planted", "/dev/planted", "/opt/planted"] {
        attempts.write(file);
    }
    attempts.write(format!("{home}/.profile"));
    attempts.write(format!("{}/.bashrc", probe::target("home")));
}
