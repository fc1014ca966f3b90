// Synthetic, inert fixture written from public reports; see README
//! Frames for HTML mail.

use std::fmt::Write;

/// A block of a letter.
enum Block {
    Paragraph(String),
    Button { text: String, link: String },
    Quote(String),
    Rule,
}

/// Colors and names that all letters of a service share.
#[derive(Clone)]
pub struct Theme {
    pub accent: String,
    pub background: String,
    pub sender: String,
    pub footer: String,
}

impl Default for Theme {
    fn default() -> Self {
        Theme {
            accent: "#2457a8".into(),
            background: "#f4f4f2".into(),
            sender: String::new(),
            footer: String::new(),
        }
    }
}

/// A letter in the making.
pub struct Letter {
    title: String,
    theme: Theme,
    blocks: Vec<Block>,
}

/// Makes a text harmless within HTML.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
    out
}

impl Letter {
    pub fn new(title: &str) -> Self {
        Letter { title: title.to_string(), theme: Theme::default(), blocks: Vec::new() }
    }

    pub fn theme(mut self, theme: &Theme) -> Self {
        self.theme = theme.clone();
        self
    }

    pub fn paragraph(mut self, text: &str) -> Self {
        self.blocks.push(Block::Paragraph(text.to_string()));
        self
    }

    pub fn button(mut self, text: &str, link: &str) -> Self {
        self.blocks.push(Block::Button { text: text.to_string(), link: link.to_string() });
        self
    }

    pub fn quote(mut self, text: &str) -> Self {
        self.blocks.push(Block::Quote(text.to_string()));
        self
    }

    pub fn rule(mut self) -> Self {
        self.blocks.push(Block::Rule);
        self
    }

    /// The finished HTML.
    pub fn render(&self) -> String {
        let t = &self.theme;
        let mut out = format!(
            "<!doctype html><html><body style=\"background:{}\"><table width=\"600\" align=\"center\"><tr><td><h1>{}</h1>",
            t.background,
            escape(&self.title)
        );
        for block in &self.blocks {
            let _ = match block {
                Block::Paragraph(p) => write!(out, "<p>{}</p>", escape(p)),
                Block::Button { text, link } => write!(
                    out,
                    "<p><a style=\"background:{};color:#fff;padding:12px 20px\" href=\"{}\">{}</a></p>",
                    t.accent,
                    escape(link),
                    escape(text)
                ),
                Block::Quote(q) => write!(out, "<blockquote>{}</blockquote>", escape(q)),
                Block::Rule => write!(out, "<hr>"),
            };
        }
        let _ = write!(out, "<p style=\"color:#777\">{}<br>{}</p>", escape(&t.sender), escape(&t.footer));
        out.push_str("</td></tr></table></body></html>");
        out
    }

    /// The same letter as plain text.
    pub fn text(&self) -> String {
        let mut out = format!("{}\n\n", self.title);
        for block in &self.blocks {
            let _ = match block {
                Block::Paragraph(p) => writeln!(out, "{p}\n"),
                Block::Button { text, link } => writeln!(out, "{text}:\n{link}\n"),
                Block::Quote(q) => writeln!(out, "> {q}\n"),
                Block::Rule => writeln!(out, "--\n"),
            };
        }
        out
    }
}

inert_fixture_does_not_build!();
