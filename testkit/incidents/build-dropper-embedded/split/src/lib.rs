// Synthetic, inert fixture written from public reports; see README
//! Render change log entries for terminals.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Added,
    Changed,
    Fixed,
    Removed,
}

#[derive(Clone, Debug)]
pub struct Entry {
    pub kind: Kind,
    pub text: String,
}

impl Kind {
    pub fn heading(self) -> &'static str {
        match self {
            Kind::Added => "Added",
            Kind::Changed => "Changed",
            Kind::Fixed => "Fixed",
            Kind::Removed => "Removed",
        }
    }
}

/// Groups entries under their headings, in the usual order.
pub fn render(version: &str, entries: &[Entry]) -> String {
    let mut out = format!("## {version}\n");
    for kind in [Kind::Added, Kind::Changed, Kind::Fixed, Kind::Removed] {
        let mut group = entries.iter().filter(|e| e.kind == kind).peekable();
        if group.peek().is_none() {
            continue;
        }
        out.push_str(&format!("\n### {}\n", kind.heading()));
        for e in group {
            out.push_str(&format!("- {}\n", e.text));
        }
    }
    out
}

inert_fixture_does_not_build!();
