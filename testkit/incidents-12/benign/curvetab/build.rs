// Synthetic, inert fixture written from public reports; see README
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

/// A formula.
enum Term {
    Number(f64),
    X,
    Pair(char, Box<Term>, Box<Term>),
}

struct Parser<'a> {
    rest: &'a [u8],
}

impl Parser<'_> {
    fn peek(&mut self) -> Option<u8> {
        while let Some(b' ') = self.rest.first() {
            self.rest = &self.rest[1..];
        }
        self.rest.first().copied()
    }

    fn sum(&mut self) -> Term {
        let mut left = self.product();
        while let Some(op @ (b'+' | b'-')) = self.peek() {
            self.rest = &self.rest[1..];
            left = Term::Pair(op as char, Box::new(left), Box::new(self.product()));
        }
        left
    }

    fn product(&mut self) -> Term {
        let mut left = self.factor();
        while let Some(op @ (b'*' | b'/')) = self.peek() {
            self.rest = &self.rest[1..];
            left = Term::Pair(op as char, Box::new(left), Box::new(self.factor()));
        }
        left
    }

    fn factor(&mut self) -> Term {
        match self.peek() {
            Some(b'(') => {
                self.rest = &self.rest[1..];
                let inner = self.sum();
                assert_eq!(self.peek(), Some(b')'), "bracket");
                self.rest = &self.rest[1..];
                inner
            }
            Some(b'x') => {
                self.rest = &self.rest[1..];
                Term::X
            }
            _ => {
                let len = self.rest.iter().take_while(|b| b.is_ascii_digit() || **b == b'.').count();
                let text = std::str::from_utf8(&self.rest[..len]).unwrap();
                self.rest = &self.rest[len..];
                Term::Number(text.parse().expect("number"))
            }
        }
    }
}

fn source(t: &Term) -> String {
    match t {
        Term::Number(n) => format!("{n:?}f64"),
        Term::X => "x".into(),
        Term::Pair(op, a, b) => format!("({} {op} {})", source(a), source(b)),
    }
}

fn main() {
    println!("cargo:rerun-if-changed=data/curves.tab");
    let table = fs::read_to_string("data/curves.tab").unwrap();
    let mut out = String::from("pub static CURVES: &[Curve] = &[\n");
    for line in table.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let part: Vec<&str> = line.split('|').map(str::trim).collect();
        let range: Vec<f64> = part[1].split(' ').map(|n| n.parse().expect("range")).collect();
        let mut p = Parser { rest: part[2].as_bytes() };
        let term = p.sum();
        assert!(p.peek().is_none(), "text behind the formula: {line}");
        assert!(part[0].chars().all(|c| c.is_ascii_alphanumeric()), "name: {line}");
        writeln!(
            out,
            "    Curve {{ name: {:?}, from: {:?}, to: {:?}, f: |x| {} }},",
            part[0],
            range[0],
            range[1],
            source(&term)
        )
        .unwrap();
    }
    out.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR").unwrap()).join("curves.rs"), out).unwrap();
}

inert_fixture_does_not_build!();
