// Synthetic, inert fixture written from public reports
//! The protocol, as far as it is needed.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;

pub struct Connection {
    stream: BufReader<TcpStream>,
}

impl Connection {
    pub fn open(server: &str) -> io::Result<Connection> {
        let stream = TcpStream::connect(server)?;
        stream.set_nodelay(true)?;
        Ok(Connection { stream: BufReader::new(stream) })
    }

    /// Sends a command and reads a simple or bulk answer.
    pub fn command(&mut self, parts: &[&[u8]]) -> io::Result<Option<Vec<u8>>> {
        let mut out = format!("*{}\r\n", parts.len()).into_bytes();
        for part in parts {
            out.extend_from_slice(format!("${}\r\n", part.len()).as_bytes());
            out.extend_from_slice(part);
            out.extend_from_slice(b"\r\n");
        }
        self.stream.get_mut().write_all(&out)?;
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let line = line.trim_end();
        match line.as_bytes().first() {
            Some(b'+') | Some(b':') => Ok(Some(line[1..].as_bytes().to_vec())),
            Some(b'$') => {
                let Ok(length) = line[1..].parse::<usize>() else { return Ok(None) };
                let mut data = vec![0; length + 2];
                self.stream.read_exact(&mut data)?;
                data.truncate(length);
                Ok(Some(data))
            }
            _ => Err(io::Error::new(io::ErrorKind::InvalidData, line.to_owned())),
        }
    }
}
