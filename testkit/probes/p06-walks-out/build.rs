use probe::Attempts;

fn main() {
    let mut attempts = Attempts::open();
    let marker = probe::target("marker");
    attempts.read(&marker);
    let up = "../".repeat(32);
    attempts.read(format!("{}/{up}{marker}", probe::project().display()));
    for root in ["/proc/self/root", "/proc/1/root", "/proc/1/cwd/../../../../../.."] {
        attempts.read(format!("{root}{marker}"));
    }
}
