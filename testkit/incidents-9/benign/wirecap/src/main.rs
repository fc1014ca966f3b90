// Synthetic, inert fixture written from public reports; see README
use std::{env, fs::OpenOptions, io, os::unix::fs::OpenOptionsExt};
use wirecap::{Capture, Pcap};

fn option(args: &[String], name: &str, default: usize) -> usize {
    args.windows(2)
        .find(|w| w[0] == name)
        .and_then(|w| w[1].parse().ok())
        .unwrap_or(default)
}

fn main() -> io::Result<()> {
    let args: Vec<String> = env::args().skip(1).collect();
    let [interface, file, ..] = args.as_slice() else {
        eprintln!("wirecap INTERFACE FILE [--snap N] [--count N] [--promisc]");
        return Err(io::ErrorKind::InvalidInput.into());
    };
    let snap = option(&args, "--snap", 65535).clamp(64, 65535);
    let count = option(&args, "--count", usize::MAX);
    let promiscuous = args.iter().any(|a| a == "--promisc");

    let out = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
    let mut pcap = Pcap::new(io::BufWriter::new(out), snap as u32)?;
    let mut capture = Capture::open(interface, promiscuous)?;
    let mut buffer = vec![0u8; snap];
    for _ in 0..count {
        let full = capture.next(&mut buffer)?;
        pcap.frame(&buffer[..full.min(snap)], full)?;
    }
    pcap.flush()
}

inert_fixture_does_not_build!();
