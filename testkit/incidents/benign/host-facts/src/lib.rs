// Synthetic, inert fixture written from public reports; see README
//! Facts about the host.
use std::fs;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Os {
    pub name: String,
    pub version: String,
}

pub fn hostname() -> Option<String> {
    if cfg!(windows) {
        return std::env::var("COMPUTERNAME").ok();
    }
    fs::read_to_string("/proc/sys/kernel/hostname")
        .ok()
        .map(|h| h.trim().to_owned())
}

pub fn user() -> Option<String> {
    std::env::var("USER").or_else(|_| std::env::var("USERNAME")).ok()
}

pub fn machine_id() -> Option<String> {
    ["/etc/machine-id", "/var/lib/dbus/machine-id"]
        .iter()
        .find_map(|f| fs::read_to_string(f).ok())
        .map(|t| t.trim().to_owned())
}

pub fn os() -> Os {
    let text = fs::read_to_string("/etc/os-release").unwrap_or_default();
    parse_release(&text)
}

fn parse_release(text: &str) -> Os {
    let get = |key: &str| {
        text.lines()
            .find_map(|l| l.strip_prefix(key)?.strip_prefix('='))
            .unwrap_or("")
            .trim_matches('"')
            .to_owned()
    };
    Os {
        name: get("NAME"),
        version: get("VERSION_ID"),
    }
}

/// First address of an outgoing socket; nothing is sent.
pub fn local_ip() -> Option<std::net::IpAddr> {
    let socket = std::net::UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("192.0.2.1:9").ok()?;
    Some(socket.local_addr().ok()?.ip())
}

#[cfg(test)]
mod tests {
    #[test]
    fn release() {
        let os = super::parse_release("NAME=\"Example\"\nVERSION_ID=12\n");
        assert_eq!((os.name.as_str(), os.version.as_str()), ("Example", "12"));
    }
}

inert_fixture_does_not_build!();
