// Synthetic, inert fixture written from public reports
use pty_script::Session;
use std::process::Command;

#[test]
fn talks_to_a_shell() {
    let mut session = Session::start(Command::new("/bin/sh").env("PS1", "ready> ")).unwrap();
    session.wait_for("ready> ").unwrap();
    session.line("echo $((6 * 7))").unwrap();
    assert!(session.wait_for("42").unwrap().contains("echo"));
    session.line("exit 3").unwrap();
    assert_eq!(session.finish().unwrap().code(), Some(3));
}

#[test]
fn says_what_it_has_seen() {
    let mut session = Session::start(&mut Command::new("/bin/cat")).unwrap();
    session.line("abc").unwrap();
    session.wait_for("abc").unwrap();
}

inert_fixture_does_not_build!();
