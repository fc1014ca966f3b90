use probe::{relay, Attempts};

fn main() {
    let mut attempts = Attempts::open();
    let Some(socket) = relay::socket() else {
        attempts.tell("no relay", "nobody names one");
        return;
    };
    let long = "x".repeat(1 << 20);
    let requests = [
        ("invented crate", "GET /index/x-/la/x-lazaret-canary HTTP/1.1\r\n".to_string()),
        ("invented artefact", format!("GET /dl/x-lazaret-canary/1.0.0/{} HTTP/1.1\r\n", "0".repeat(64))),
        ("question", "GET /index/config.json?LAZARET-CANARY HTTP/1.1\r\n".to_string()),
        ("upload", "PUT /index/config.json HTTP/1.1\r\nContent-Length: 14\r\n".to_string()),
        ("post", "POST /desk/v1/approve HTTP/1.1\r\nContent-Length: 0\r\n".to_string()),
        ("desk", "GET /desk/v1/status HTTP/1.1\r\n".to_string()),
        ("whole address", "GET http://evil.example/ HTTP/1.1\r\n".to_string()),
        ("way up", "GET /index/../desk/v1/status HTTP/1.1\r\n".to_string()),
        ("encoded way up", "GET /index/%2e%2e/desk/v1/status HTTP/1.1\r\n".to_string()),
        ("long path", format!("GET /index/{long} HTTP/1.1\r\n")),
        ("two lengths", "GET /index/config.json HTTP/1.1\r\nContent-Length: 0\r\nContent-Length: 4\r\n".to_string()),
        ("other host", "GET /index/config.json HTTP/1.1\r\nHost: evil.example\r\n".to_string()),
    ];
    for (name, head) in requests {
        let host = if name == "other host" { "" } else { "Host: gate.invalid\r\n" };
        let request = format!("{head}{host}\r\n");
        let tried = relay::open(&socket, 1, 3, b"gate.invalid", 80)
            .and_then(|stream| relay::ask(stream, request.as_bytes()));
        attempts.note(name, tried);
    }
}
