// Synthetic, inert fixture written from public reports; see README
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    Number(i64),
    Variable,
    Add(Box<Expr>, Box<Expr>),
    Subtract(Box<Expr>, Box<Expr>),
    Multiply(Box<Expr>, Box<Expr>),
}

#[derive(Debug, PartialEq, Eq)]
pub struct ParseError(pub usize);

struct Parser<'a> {
    text: &'a [u8],
    at: usize,
}

pub fn parse(text: &str) -> Result<Expr, ParseError> {
    let mut p = Parser { text: text.as_bytes(), at: 0 };
    let e = p.sum()?;
    p.space();
    if p.at == p.text.len() { Ok(e) } else { Err(ParseError(p.at)) }
}

impl Parser<'_> {
    fn space(&mut self) {
        while self.text.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> bool {
        self.space();
        let hit = self.text.get(self.at) == Some(&byte);
        self.at += usize::from(hit);
        hit
    }

    fn sum(&mut self) -> Result<Expr, ParseError> {
        let mut left = self.product()?;
        loop {
            if self.take(b'+') {
                left = Expr::Add(Box::new(left), Box::new(self.product()?));
            } else if self.take(b'-') {
                left = Expr::Subtract(Box::new(left), Box::new(self.product()?));
            } else {
                return Ok(left);
            }
        }
    }

    fn product(&mut self) -> Result<Expr, ParseError> {
        let mut left = self.atom()?;
        while self.take(b'*') {
            left = Expr::Multiply(Box::new(left), Box::new(self.atom()?));
        }
        Ok(left)
    }

    fn atom(&mut self) -> Result<Expr, ParseError> {
        if self.take(b'(') {
            let e = self.sum()?;
            return if self.take(b')') { Ok(e) } else { Err(ParseError(self.at)) };
        }
        if self.take(b'x') {
            return Ok(Expr::Variable);
        }
        let start = self.at;
        while self.text.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        std::str::from_utf8(&self.text[start..self.at])
            .ok()
            .and_then(|t| t.parse().ok())
            .map(Expr::Number)
            .ok_or(ParseError(start))
    }
}
