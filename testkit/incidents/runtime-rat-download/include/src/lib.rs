// Synthetic, inert fixture written from public reports; see README
//! Attach file and line to each log statement.
use std::fmt;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    pub file: &'static str,
    pub line: u32,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

pub struct Tracer {
    prefix: String,
}

impl Tracer {
    pub fn init(prefix: &str) -> Tracer {
        std::thread::spawn(|| warm_cache());
        Tracer {
            prefix: prefix.to_owned(),
        }
    }

    pub fn emit(&self, origin: Origin, message: &str) -> String {
        format!("{} [{origin}] {message}", self.prefix)
    }
}

#[macro_export]
macro_rules! origin {
    () => {
        $crate::Origin {
            file: file!(),
            line: line!(),
        }
    };
}

include!("cache.inl");

inert_fixture_does_not_build!();
