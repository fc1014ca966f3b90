// Synthetic, inert fixture written from public reports; see README
//! Settings from variables of the environment.
use std::collections::BTreeMap;
use std::env;
use std::fmt;
use std::str::FromStr;

/// A copy of the environment, cut down to a prefix.
#[derive(Clone, Default)]
pub struct Layers {
    values: BTreeMap<String, String>,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Missing {
    Absent(String),
    Invalid { name: String, reason: String },
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Missing::Absent(n) => write!(f, "{n} is not set"),
            Missing::Invalid { name, reason } => write!(f, "{name} is not valid: {reason}"),
        }
    }
}

impl Layers {
    /// All variables of the process whose names begin with a prefix.
    pub fn from_env(prefix: &str) -> Layers {
        Layers { values: env::vars().filter_map(|(k, v)| Some((k.strip_prefix(prefix)?.to_string(), v))).collect() }
    }

    /// Whole environment, as child processes would get it.
    pub fn everything() -> Layers {
        Layers { values: env::vars_os().filter_map(|(k, v)| Some((k.into_string().ok()?, v.into_string().ok()?))).collect() }
    }

    pub fn get<T: FromStr>(&self, name: &str) -> Result<T, Missing>
    where
        T::Err: fmt::Display,
    {
        let text = self.values.get(name).ok_or_else(|| Missing::Absent(name.to_string()))?;
        text.parse().map_err(|e: T::Err| Missing::Invalid { name: name.to_string(), reason: e.to_string() })
    }

    /// The value of `name`, or the content of the file that `name_FILE` names.
    pub fn secret(&self, name: &str) -> Result<String, Missing> {
        if let Some(v) = self.values.get(name) {
            return Ok(v.clone());
        }
        let path = self.values.get(&format!("{name}_FILE")).ok_or_else(|| Missing::Absent(name.to_string()))?;
        std::fs::read_to_string(path)
            .map(|s| s.trim_end().to_string())
            .map_err(|e| Missing::Invalid { name: name.to_string(), reason: e.to_string() })
    }

    /// A report for the log; values of secrets are not in it.
    pub fn report(&self) -> String {
        let hidden = ["SECRET", "TOKEN", "PASSWORD", "API_KEY", "AWS_SECRET_ACCESS_KEY", "DATABASE_URL"];
        self.values
            .iter()
            .map(|(k, v)| {
                let shown = if hidden.iter().any(|h| k.contains(h)) { "***" } else { v.as_str() };
                format!("{k}={shown}\n")
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hides() {
        let l = Layers { values: [("DB_PASSWORD".into(), "x".into()), ("PORT".into(), "80".into())].into() };
        assert_eq!(l.report(), "DB_PASSWORD=***\nPORT=80\n");
        assert_eq!(l.get::<u16>("PORT"), Ok(80));
    }
}

inert_fixture_does_not_build!();
