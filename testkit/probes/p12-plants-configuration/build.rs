use probe::Attempts;

fn main() {
    let mut attempts = Attempts::open();
    let project = probe::project();
    for file in [
        ".git/hooks/pre-commit",
        ".git/config",
        ".cargo/config.toml",
        ".vscode/tasks.json",
        "rust-toolchain.toml",
        "Makefile",
    ] {
        let file = project.join(file);
        if let Some(folder) = file.parent() {
            let _ = std::fs::create_dir_all(folder);
        }
        attempts.write(file);
    }
}
