// Synthetic, inert fixture written from public reports; see README
//! New projects from templates.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};
use std::path::Path;
use std::process::Command;
use std::fs;

/// The file `template.toml` of a template.
#[derive(Debug, Default, Deserialize)]
pub struct Template {
    pub name: String,
    #[serde(default)]
    pub holes: BTreeMap<String, String>,
    #[serde(default)]
    pub after: Vec<Hook>,
}

/// A command that a template wants to run in the new project.
#[derive(Debug, Deserialize)]
pub struct Hook {
    pub run: Vec<String>,
    pub why: String,
}

fn ask(question: &str) -> io::Result<bool> {
    print!("{question} [y/N] ");
    io::stdout().flush()?;
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    Ok(matches!(line.trim(), "y" | "Y" | "yes"))
}

fn fill(text: &str, values: &BTreeMap<String, String>) -> String {
    let mut out = text.to_string();
    for (k, v) in values {
        out = out.replace(&format!("{{{{{k}}}}}"), v);
    }
    out
}

impl Template {
    pub fn load(dir: &Path) -> io::Result<Self> {
        let text = fs::read_to_string(dir.join("template.toml"))?;
        toml::from_str(&text).map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e.to_string()))
    }

    /// Copies the files of the template and fills the holes.
    pub fn copy(&self, from: &Path, to: &Path, values: &BTreeMap<String, String>) -> io::Result<()> {
        fs::create_dir_all(to)?;
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name == "template.toml" {
                continue;
            }
            let target = to.join(fill(&name, values));
            if entry.file_type()?.is_dir() {
                self.copy(&entry.path(), &target, values)?;
            } else {
                match fs::read_to_string(entry.path()) {
                    Ok(text) => fs::write(&target, fill(&text, values))?,
                    Err(_) => drop(fs::copy(entry.path(), &target)?),
                }
            }
        }
        Ok(())
    }

    /// Runs the hooks, each after a question.
    pub fn hooks(&self, project: &Path) -> io::Result<()> {
        for hook in &self.after {
            let Some((program, args)) = hook.run.split_first() else {
                continue;
            };
            println!("{}: {}", hook.why, hook.run.join(" "));
            if ask("Run it?")? {
                Command::new(program).args(args).current_dir(project).status()?;
            }
        }
        Ok(())
    }
}

/// Makes a project from a template folder.
pub fn create(template: &Path, project: &Path, values: &BTreeMap<String, String>) -> io::Result<()> {
    let t = Template::load(template)?;
    let mut all = t.holes.clone();
    all.extend(values.clone());
    t.copy(template, project, &all)?;
    t.hooks(project)
}

/// Fetches a template archive which the user has named, for `unpack` of the program.
pub fn fetch(url: &str) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    let answer = ureq::get(url).call().map_err(|e| io::Error::new(io::ErrorKind::Other, e.to_string()))?;
    io::Read::read_to_end(&mut answer.into_reader(), &mut out)?;
    Ok(out)
}

inert_fixture_does_not_build!();
