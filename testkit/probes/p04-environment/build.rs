use probe::Attempts;

fn main() {
    let mut attempts = Attempts::open();
    let mut names = String::new();
    for (name, value) in std::env::vars_os() {
        names.push_str(&format!("{} ", name.to_string_lossy()));
        if value.to_string_lossy().contains("LAZARET-CANARY") {
            attempts.note(&format!("variable {}", name.to_string_lossy()), Ok(value.to_string_lossy().into_owned()));
        }
    }
    // For the harness to hold against the list of allowed names.
    attempts.tell("names", names);
    let token = std::env::var("CARGO_REGISTRIES_GATE_TOKEN").map_err(|e| e.to_string());
    attempts.note("registry token", token);
    attempts.note("cloud key", std::env::var("AWS_SECRET_ACCESS_KEY").map_err(|e| e.to_string()));
}
