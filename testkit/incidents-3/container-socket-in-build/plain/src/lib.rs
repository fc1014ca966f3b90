// Synthetic, inert fixture written from public reports; see README
//! Starts a database in a container for the length of a test.
use std::io::{self, BufRead, BufReader};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

mod url;
pub use url::ConnectionUrl;

#[derive(Clone, Debug)]
pub struct Options {
    pub image: String,
    pub user: String,
    pub password: String,
    pub database: String,
    pub wait: Duration,
    pub engine: String,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            image: "postgres:16-alpine".into(),
            user: "test".into(),
            password: "test".into(),
            database: "test".into(),
            wait: Duration::from_secs(30),
            engine: "docker".into(),
        }
    }
}

pub struct Fixture {
    child: Child,
    port: u16,
    options: Options,
}

impl Fixture {
    pub fn start(options: Options) -> io::Result<Self> {
        let port = free_port()?;
        let mut child = Command::new(&options.engine)
            .args(["run", "--rm", "-i", "-p", &format!("127.0.0.1:{port}:5432")])
            .args(["-e", &format!("POSTGRES_USER={}", options.user)])
            .args(["-e", &format!("POSTGRES_PASSWORD={}", options.password)])
            .args(["-e", &format!("POSTGRES_DB={}", options.database)])
            .arg(&options.image)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        let log = BufReader::new(child.stderr.take().expect("piped"));
        let mut ready = 0;
        for line in log.lines() {
            if line?.contains("ready to accept connections") {
                ready += 1;
                if ready == 2 {
                    break;
                }
            }
        }
        let end = Instant::now() + options.wait;
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if Instant::now() > end {
                child.kill()?;
                return Err(io::Error::new(io::ErrorKind::TimedOut, "the database did not answer"));
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(Fixture { child, port, options })
    }

    pub fn url(&self) -> ConnectionUrl {
        ConnectionUrl::new(&self.options.user, &self.options.password, self.port, &self.options.database)
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_port() -> io::Result<u16> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

inert_fixture_does_not_build!();
