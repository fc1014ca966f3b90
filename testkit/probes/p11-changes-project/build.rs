use probe::Attempts;

fn main() {
    let mut attempts = Attempts::open();
    let project = probe::project();
    for file in ["Cargo.toml", "Cargo.lock", "p11-changes-project/build.rs", "p11-changes-project/src/lib.rs"] {
        attempts.write(project.join(file));
    }
    let gone = std::fs::remove_file(project.join("removable.txt"));
    attempts.note("remove removable.txt", gone.map(|()| "removed".into()).map_err(|e| e.to_string()));
}
