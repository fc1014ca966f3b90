use probe::Attempts;

const SOCKET: i64 = 41;

fn main() {
    let mut attempts = Attempts::open();
    for (name, family, kind, protocol) in [
        ("raw", 2, 3, 1),
        ("packet", 17, 3, 0x0300),
        ("netlink route", 16, 3, 0),
        ("netlink audit", 16, 3, 9),
        ("cryptography", 38, 5, 0),
    ] {
        attempts.call(name, SOCKET, &[family, kind, protocol]);
    }
}
