// Synthetic, inert fixture written from public reports; see README
//! Type stubs for Python modules written in Rust.

use std::fmt::Write;
use std::path::Path;
use std::{fs, io};

/// Minor version of the interpreter that was found when this was compiled.
pub const PYTHON_MINOR: &str = env!("STUBSMITH_PYTHON_MINOR");

/// A type as a stub writes it.
#[derive(Debug, Clone, PartialEq)]
pub enum Ty {
    Int,
    Float,
    Str,
    Bytes,
    Bool,
    None,
    List(Box<Ty>),
    Optional(Box<Ty>),
    Named(String),
    Dict(Box<Ty>, Box<Ty>),
    Tuple(Vec<Ty>),
}

impl Ty {
    fn render(&self) -> String {
        match self {
            Ty::Int => "int".into(),
            Ty::Float => "float".into(),
            Ty::Str => "str".into(),
            Ty::Bytes => "bytes".into(),
            Ty::Bool => "bool".into(),
            Ty::None => "None".into(),
            Ty::List(t) => format!("list[{}]", t.render()),
            Ty::Optional(t) => optional(&t.render()),
            Ty::Named(n) => n.clone(),
            Ty::Dict(k, v) => format!("dict[{}, {}]", k.render(), v.render()),
            Ty::Tuple(all) => {
                let all: Vec<String> = all.iter().map(Ty::render).collect();
                format!("tuple[{}]", all.join(", "))
            }
        }
    }
}

fn optional(inner: &str) -> String {
    if PYTHON_MINOR.parse().unwrap_or(8u32) >= 10 {
        format!("{inner} | None")
    } else {
        format!("Optional[{inner}]")
    }
}

/// A function of the module.
pub struct Function {
    pub name: String,
    pub args: Vec<(String, Ty)>,
    pub returns: Ty,
    pub doc: String,
}

/// A class with fields and methods.
#[derive(Default)]
pub struct Class {
    pub name: String,
    pub fields: Vec<(String, Ty)>,
    pub methods: Vec<Function>,
}

impl Class {
    fn render(&self) -> String {
        let mut out = format!("class {}:\n", self.name);
        for (name, ty) in &self.fields {
            let _ = writeln!(out, "    {name}: {}", ty.render());
        }
        for m in &self.methods {
            let args: Vec<String> = std::iter::once("self".to_string())
                .chain(m.args.iter().map(|(n, t)| format!("{n}: {}", t.render())))
                .collect();
            let _ = writeln!(out, "    def {}({}) -> {}: ...", m.name, args.join(", "), m.returns.render());
        }
        if self.fields.is_empty() && self.methods.is_empty() {
            out.push_str("    ...\n");
        }
        out.push('\n');
        out
    }
}

/// A module and what is in it.
#[derive(Default)]
pub struct Module {
    classes: Vec<Class>,
    functions: Vec<Function>,
}

impl Module {
    pub fn function(mut self, f: Function) -> Self {
        self.functions.push(f);
        self
    }

    pub fn class(mut self, c: Class) -> Self {
        self.classes.push(c);
        self
    }

    /// The text of the stub.
    pub fn render(&self) -> String {
        let mut out = String::from("from typing import Optional\n\n");
        for c in &self.classes {
            out.push_str(&c.render());
        }
        for f in &self.functions {
            let args: Vec<String> = f
                .args
                .iter()
                .map(|(n, t)| format!("{n}: {}", t.render()))
                .collect();
            let _ = writeln!(out, "def {}({}) -> {}:", f.name, args.join(", "), f.returns.render());
            let _ = writeln!(out, "    \"\"\"{}\"\"\"\n    ...\n", f.doc.replace('"', "'"));
        }
        out
    }

    /// Writes the stub beside the module.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        fs::write(path, self.render())
    }
}

inert_fixture_does_not_build!();
