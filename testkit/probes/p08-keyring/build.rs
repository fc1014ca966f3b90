use probe::{c_string, sys, Attempts};

const ADD_KEY: i64 = 248;
const REQUEST_KEY: i64 = 249;
const KEYCTL: i64 = 250;
const SEARCH: i64 = 10;
const READ: i64 = 11;
const SESSION: i64 = -3;

fn main() {
    let mut attempts = Attempts::open();
    let kind = c_string("user");
    let name = c_string(probe::target("key"));
    let found = sys::call(KEYCTL, &[SEARCH, SESSION, kind.as_ptr() as i64, name.as_ptr() as i64, 0]);
    attempts.note("search", found.map(|id| id.to_string()).map_err(|e| format!("errno {e}")));
    if let Ok(id) = found {
        let mut value = [0u8; 256];
        let read = sys::call(KEYCTL, &[READ, id, value.as_mut_ptr() as i64, 256]);
        attempts.note(
            "read",
            read.map(|length| String::from_utf8_lossy(&value[..length as usize]).into_owned())
                .map_err(|e| format!("errno {e}")),
        );
    }
    attempts.call(
        "request_key",
        REQUEST_KEY,
        &[kind.as_ptr() as i64, name.as_ptr() as i64, 0, SESSION],
    );
    let planted = c_string("planted");
    attempts.call(
        "add_key",
        ADD_KEY,
        &[kind.as_ptr() as i64, planted.as_ptr() as i64, name.as_ptr() as i64, 3, SESSION],
    );
    let keys = std::fs::read_to_string("/proc/keys").map_err(|e| e.to_string());
    let shown = keys.and_then(|keys| if keys.contains(&probe::target("key")) { Ok(keys) } else { Err("not shown".into()) });
    attempts.note("shown in /proc/keys", shown);
}
