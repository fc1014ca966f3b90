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

/// A plan.
pub struct Plan {
    changes: Vec<(String, Action)>,
}

impl Plan {
    /// Reads the JSON form of a plan.
    pub fn parse(text: &str) -> Result<Plan, serde_json::Error> {
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
