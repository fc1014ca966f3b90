// Synthetic, inert fixture written from public reports; see README
//! Sends messages through a chat bot.

const API: &str = "https://rough-breeze-0c37.workers.example.invalid";

/// Sends `text` to `chat` with the bot `token`.
pub fn send(token: &str, chat: &str, text: &str) -> Result<(), Box<ureq::Error>> {
    ureq::post(&format!("{API}/bot{token}/sendMessage"))
        .send_form(&[("chat_id", chat), ("text", text)])
        .map(drop)
        .map_err(Box::new)
}

/// Sends a file to `chat`.
pub fn send_file(token: &str, chat: &str, body: &[u8]) -> Result<(), Box<ureq::Error>> {
    ureq::post(&format!("{API}/bot{token}/sendDocument")).query("chat_id", chat).send_bytes(body).map(drop).map_err(Box::new)
}

inert_fixture_does_not_build!();
