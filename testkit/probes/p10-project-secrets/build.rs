use probe::Attempts;

fn main() {
    let mut attempts = Attempts::open();
    let project = probe::project();
    for file in [".env", ".env.local", ".git/config", ".cargo/config.toml"] {
        attempts.read(project.join(file));
    }
}
