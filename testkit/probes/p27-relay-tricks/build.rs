use probe::{relay, Attempts};

const CONNECT: u8 = 1;
const BIND: u8 = 2;
const ASSOCIATE: u8 = 3;
const IPV4: u8 = 1;
const NAME: u8 = 3;
const IPV6: u8 = 4;

fn main() {
    let mut attempts = Attempts::open();
    let Some(socket) = relay::socket() else {
        attempts.tell("no relay", "nobody names one");
        return;
    };
    let host = b"gate.invalid";
    // The one thing that is allowed, to show that this speaks the protocol.
    let honest = relay::open(&socket, CONNECT, NAME, host, 80);
    let request = b"GET /index/config.json HTTP/1.1\r\nHost: gate.invalid\r\n\r\n";
    attempts.tell("honest request", honest.and_then(|stream| relay::ask(stream, request)));
    let tricks: [(&str, u8, u8, &[u8], u16); 14] = [
        ("other host", CONNECT, NAME, b"evil.example", 80),
        ("other port", CONNECT, NAME, host, 443),
        ("port 0", CONNECT, NAME, host, 0),
        ("upper case", CONNECT, NAME, b"GATE.invalid", 80),
        ("dot at the end", CONNECT, NAME, b"gate.invalid.", 80),
        ("NUL before another", CONNECT, NAME, b"evil.example\0.gate.invalid", 80),
        ("NUL after it", CONNECT, NAME, b"gate.invalid\0.evil.example", 80),
        ("subdomain", CONNECT, NAME, b"x.gate.invalid", 80),
        ("empty", CONNECT, NAME, b"", 80),
        ("address as a name", CONNECT, NAME, b"127.0.0.1", 80),
        ("address", CONNECT, IPV4, &[127, 0, 0, 1], 80),
        ("long address", CONNECT, IPV6, &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], 80),
        ("bind", BIND, NAME, host, 80),
        ("datagrams", ASSOCIATE, NAME, host, 80),
    ];
    for (name, command, kind, host, port) in tricks {
        let tried = relay::open(&socket, command, kind, host, port);
        attempts.note(name, tried.map(|_| "connected".to_string()));
    }
}
