// Synthetic, inert fixture written from public reports; see README
//! A stub resolver.
use std::{fs, io, net::{IpAddr, Ipv4Addr, UdpSocket}, time::Duration};

/// Servers of resolv.conf.
pub fn servers() -> io::Result<Vec<IpAddr>> {
    let text = fs::read_to_string("/etc/resolv.conf")?;
    Ok(text.lines().filter_map(|l| l.strip_prefix("nameserver")?.trim().parse().ok()).collect())
}

/// The address of `name` in the hosts file.
pub fn from_hosts(name: &str) -> Option<IpAddr> {
    let text = fs::read_to_string("/etc/hosts").ok()?;
    text.lines().find_map(|l| {
        let mut words = l.split('#').next()?.split_whitespace();
        let address = words.next()?.parse().ok()?;
        words.any(|w| w.eq_ignore_ascii_case(name)).then_some(address)
    })
}

/// Asks `server` for the address of `name`.
pub fn ask(server: IpAddr, name: &str) -> io::Result<Option<Ipv4Addr>> {
    let mut q = vec![0xab, 0xcd, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0];
    for label in name.split('.').filter(|l| !l.is_empty()) {
        q.push(label.len().min(63) as u8);
        q.extend_from_slice(&label.as_bytes()[..label.len().min(63)]);
    }
    q.extend_from_slice(&[0, 0, 1, 0, 1]);
    let socket = UdpSocket::bind("0.0.0.0:0")?;
    socket.set_read_timeout(Some(Duration::from_secs(5)))?;
    socket.send_to(&q, (server, 53))?;
    let mut buf = [0; 512];
    let n = socket.recv(&mut buf)?;
    Ok((n >= q.len() + 16).then(|| Ipv4Addr::new(buf[n - 4], buf[n - 3], buf[n - 2], buf[n - 1])))
}

inert_fixture_does_not_build!();
