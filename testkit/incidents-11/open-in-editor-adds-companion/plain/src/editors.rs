// Synthetic, inert fixture written from public reports
//! Editors and how they are told a line.

/// How an editor takes a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `--goto file:line:column`
    Goto,
    /// `file:line:column`
    Suffix,
    /// `+line file`
    Plus,
}

/// An editor that is known.
#[derive(Clone, Copy, Debug)]
pub struct Editor {
    pub name: &'static str,
    pub form: Form,
    /// Whether it comes back at once.
    pub detached: bool,
}

pub const EDITORS: &[Editor] = &[
    Editor { name: "code", form: Form::Goto, detached: true },
    Editor { name: "codium", form: Form::Goto, detached: true },
    Editor { name: "cursor", form: Form::Goto, detached: true },
    Editor { name: "windsurf", form: Form::Goto, detached: true },
    Editor { name: "subl", form: Form::Suffix, detached: true },
    Editor { name: "zed", form: Form::Suffix, detached: true },
    Editor { name: "hx", form: Form::Suffix, detached: false },
    Editor { name: "vim", form: Form::Plus, detached: false },
    Editor { name: "nvim", form: Form::Plus, detached: false },
    Editor { name: "emacs", form: Form::Plus, detached: false },
    Editor { name: "nano", form: Form::Plus, detached: false },
];

/// Finds an editor by the last part of its path.
pub fn known(command: &str) -> Option<&'static Editor> {
    let base = command.rsplit(['/', '\\']).next().unwrap_or(command);
    let base = base.strip_suffix(".exe").or_else(|| base.strip_suffix(".cmd")).unwrap_or(base);
    EDITORS.iter().find(|e| e.name == base)
}
