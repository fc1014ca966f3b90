//! A parser of expressions by recursive descent, with positions of each error.

use core::iter::Peekable;
use core::str::CharIndices;
use std::collections::HashMap;
use std::rc::Rc;

/// A part of an expression.
#[derive(Clone, Debug, PartialEq)]
pub enum TokenPART<'s> {
    Number(f64),
    Name(&'s str),
    Text(String),
    Symbol(char),
    Arrow,
    End,
}

/// A place in the source, counted from one.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct PlacePART {
    pub line: u32,
    pub column: u32,
}

pub struct LexerPART<'s> {
    source: &'s str,
    chars: Peekable<CharIndices<'s>>,
    place: PlacePART,
}

impl<'s> LexerPART<'s> {
    pub fn new(source: &'s str) -> Self {
        Self { source, chars: source.char_indices().peekable(), place: PlacePART { line: 1, column: 1 } }
    }

    fn step(&mut self) -> Option<(usize, char)> {
        let (at, c) = self.chars.next()?;
        if c == '\n' {
            self.place = PlacePART { line: self.place.line + 1, column: 1 };
        } else {
            self.place.column += 1;
        }
        Some((at, c))
    }

    fn take_while<F: Fn(char) -> bool>(&mut self, from: usize, accepts: F) -> &'s str {
        let mut end = from;
        while let Some(&(at, c)) = self.chars.peek() {
            if !accepts(c) {
                break;
            }
            end = at + c.len_utf8();
            self.step();
        }
        &self.source[from..end]
    }

    pub fn token(&mut self) -> Result<TokenPART<'s>, (PlacePART, String)> {
        while self.chars.next_if(|&(_, c)| c == ' ' || c == '\t').is_some() {
            self.place.column += 1;
        }
        let Some(&(at, c)) = self.chars.peek() else {
            return Ok(TokenPART::End);
        };
        match c {
            '0'..='9' => {
                let digits = self.take_while(at, |c| c.is_ascii_digit() || matches!(c, '.' | '_' | 'e'));
                digits
                    .replace('_', "")
                    .parse()
                    .map(TokenPART::Number)
                    .map_err(|e| (self.place, format!("cannot read the number `{digits}`: {e}")))
            }
            'a'..='z' | 'A'..='Z' | '_' => Ok(TokenPART::Name(self.take_while(at, |c| c.is_alphanumeric() || c == '_'))),
            '"' | '\'' => self.text(c).map(TokenPART::Text),
            '-' if self.source[at..].starts_with("->") => {
                self.step();
                self.step();
                Ok(TokenPART::Arrow)
            }
            '#' => {
                let _comment = self.take_while(at, |c| c != '\n');
                self.token()
            }
            _ => {
                self.step();
                Ok(TokenPART::Symbol(c))
            }
        }
    }

    fn text(&mut self, quote: char) -> Result<String, (PlacePART, String)> {
        let begin = self.place;
        self.step();
        let mut out = String::with_capacity(16);
        loop {
            match self.step() {
                None => return Err((begin, "a text without an end".to_string())),
                Some((_, c)) if c == quote => return Ok(out),
                Some((_, '\\')) => match self.step().map(|(_, c)| c) {
                    Some('n') => out.push('\n'),
                    Some('t') => out.push('\t'),
                    Some('0') => out.push('\0'),
                    Some(c @ ('\\' | '"' | '\'')) => out.push(c),
                    other => return Err((self.place, format!("unknown escape {:?}", other))),
                },
                Some((_, c)) => out.push(c),
            }
        }
    }
}

/// The tree of an expression.
#[derive(Clone, Debug)]
pub enum TreePART {
    Value(f64),
    Variable(Rc<str>),
    Call { name: Rc<str>, arguments: Vec<TreePART> },
    Binary(Box<TreePART>, OperatorPART, Box<TreePART>),
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[repr(u8)]
pub enum OperatorPART {
    Add = b'+',
    Subtract = b'-',
    Multiply = b'*',
    Divide = b'/',
    Power = 0x5e,
}

impl OperatorPART {
    const ALL: [(char, OperatorPART, u8); 5] = [
        ('+', OperatorPART::Add, 1),
        ('-', OperatorPART::Subtract, 1),
        ('*', OperatorPART::Multiply, 2),
        ('/', OperatorPART::Divide, 2),
        ('^', OperatorPART::Power, 3),
    ];

    fn find(symbol: char) -> Option<(OperatorPART, u8)> {
        Self::ALL.iter().find(|(c, ..)| *c == symbol).map(|&(_, operator, level)| (operator, level))
    }

    fn apply(self, left: f64, right: f64) -> f64 {
        match self {
            Self::Add => left + right,
            Self::Subtract => left - right,
            Self::Multiply => left * right,
            Self::Divide if right == 0.0 => f64::NAN,
            Self::Divide => left / right,
            Self::Power => left.powf(right),
        }
    }
}

type FunctionPART = dyn Fn(&[f64]) -> f64 + Send + Sync + 'static;

/// The names that an expression can use.
#[derive(Default)]
pub struct ScopePART<'p> {
    parent: Option<&'p ScopePART<'p>>,
    values: HashMap<String, f64>,
    functions: HashMap<&'static str, Box<FunctionPART>>,
}

impl<'p> ScopePART<'p> {
    pub fn with_usual() -> Self {
        let mut scope = ScopePART::default();
        scope.functions.insert("max", Box::new(|a| a.iter().copied().fold(f64::MIN, f64::max)));
        scope.functions.insert("sum", Box::new(|a| a.iter().sum()));
        scope.functions.insert("mean", Box::new(|a| a.iter().sum::<f64>() / a.len() as f64));
        scope
    }

    pub fn value(&self, name: &str) -> Option<f64> {
        self.values.get(name).copied().or_else(|| self.parent.and_then(|p| p.value(name)))
    }

    pub fn evaluate(&self, tree: &TreePART) -> Result<f64, String> {
        Ok(match tree {
            TreePART::Value(value) => *value,
            TreePART::Variable(name) => self.value(name).ok_or_else(|| format!("no value for {name}"))?,
            TreePART::Call { name, arguments } => {
                let arguments = arguments.iter().map(|a| self.evaluate(a)).collect::<Result<Vec<_>, _>>()?;
                match self.functions.get(name.as_ref()) {
                    Some(function) => function(&arguments),
                    None => return Err(format!("no function {}", name)),
                }
            }
            TreePART::Binary(left, operator, right) => {
                operator.apply(self.evaluate(left)?, self.evaluate(right)?)
            }
        })
    }
}

/// Returns the level of an operator, or zero.
#[inline(always)]
pub const fn level_PART(symbol: u8) -> u8 {
    match symbol {
        b'+' | b'-' => 1,
        b'*' | b'/' => 2,
        b'^' => 3,
        _ => 0,
    }
}
