// Synthetic, inert fixture written from public reports; see README
//! Window sizes and escape sequences of a pseudo-terminal.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub rows: u16,
    pub cols: u16,
}

impl Size {
    pub const DEFAULT: Size = Size { rows: 24, cols: 80 };

    pub fn from_env() -> Size {
        let get = |k: &str| std::env::var(k).ok().and_then(|v| v.parse().ok());
        Size {
            rows: get("LINES").unwrap_or(24),
            cols: get("COLUMNS").unwrap_or(80),
        }
    }
}

/// Escape sequence that asks for a resize.
pub fn resize_sequence(size: Size) -> String {
    format!("\x1b[8;{};{}t", size.rows, size.cols)
}

/// Strips CSI sequences from program output.
pub fn strip_csi(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\x1b' && chars.peek() == Some(&'[') {
            chars.by_ref().find(|c| c.is_ascii_alphabetic());
        } else {
            out.push(c);
        }
    }
    out
}

inert_fixture_does_not_build!();
