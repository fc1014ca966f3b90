// Synthetic, inert fixture written from public reports; see README
//! Composes mail messages.

/// A message.
pub struct Message<'a> {
    pub from: &'a str,
    pub to: &'a str,
    pub subject: &'a str,
    pub body: &'a str,
}

impl Message<'_> {
    /// The message as it goes over the line.
    pub fn compose(&self) -> String {
        let mut s = format!("From: {}\r\nTo: {}\r\nSubject: {}\r\n", self.from, self.to, self.subject);
        s.push_str("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n");
        s.push_str(self.body);
        s
    }
}

inert_fixture_does_not_build!();
