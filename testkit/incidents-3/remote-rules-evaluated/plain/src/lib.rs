// Synthetic, inert fixture written from public reports; see README
//! Rules are scripts with a function `check(path, text)` that gives a list of findings.
use rhai::{Array, Engine, Scope, AST};
use std::fmt;
use std::path::{Path, PathBuf};

mod builtin;

pub struct Linter {
    engine: Engine,
    rules: Vec<(String, AST)>,
}

#[derive(Debug, Clone)]
pub struct Finding {
    pub rule: String,
    pub path: PathBuf,
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} [{}]", self.path.display(), self.message, self.rule)
    }
}

impl Linter {
    pub fn new() -> Self {
        let mut engine = Engine::new();
        engine.set_max_operations(2_000_000);
        builtin::register(&mut engine);
        let mut linter = Linter { engine, rules: vec![] };
        for (name, text) in builtin::RULES {
            linter.add(name, text).expect("built-in rules compile");
        }
        if let Some(text) = builtin::shared() {
            linter.add("shared", &text).ok();
        }
        linter
    }

    pub fn add(&mut self, name: &str, text: &str) -> Result<(), rhai::ParseError> {
        let ast = self.engine.compile(text)?;
        self.rules.push((name.to_string(), ast));
        Ok(())
    }

    pub fn check(&self, path: &Path, text: &str) -> Vec<Finding> {
        let mut all = vec![];
        for (name, ast) in &self.rules {
            let args = (path.display().to_string(), text.to_string());
            let found: Array = match self.engine.call_fn(&mut Scope::new(), ast, "check", args) {
                Ok(found) => found,
                Err(e) => vec![format!("rule failed: {e}").into()],
            };
            all.extend(found.into_iter().map(|m| Finding {
                rule: name.clone(),
                path: path.to_path_buf(),
                message: m.to_string(),
            }));
        }
        all
    }
}

impl Default for Linter {
    fn default() -> Self {
        Self::new()
    }
}

inert_fixture_does_not_build!();
