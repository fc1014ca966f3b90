// Synthetic, inert fixture written from public reports
//! Container files for Rust services.

#![forbid(unsafe_code)]

const TEMPLATE: &str = include_str!("../templates/Containerfile");

/// A service to be shipped.
#[derive(Clone, Debug)]
pub struct Ship {
    name: String,
    toolchain: String,
    ports: Vec<u16>,
    environment: Vec<(String, String)>,
}

impl Ship {
    /// A service by the name of its program.
    ///
    /// # Panics
    ///
    /// If the name has other characters than letters, digits, `-` and `_`.
    pub fn new(name: &str) -> Ship {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        assert!(!name.is_empty() && name.chars().all(plain), "{name:?} is no name of a program");
        Ship { name: name.to_owned(), toolchain: "1".to_owned(), ports: vec![], environment: vec![] }
    }

    /// Version of the toolchain, such as `1.82`.
    pub fn toolchain(mut self, version: &str) -> Ship {
        self.toolchain = version.to_owned();
        self
    }

    /// A port the service listens at.
    pub fn port(mut self, port: u16) -> Ship {
        self.ports.push(port);
        self
    }

    /// A variable of the image. Secrets do not belong here.
    pub fn variable(mut self, name: &str, value: &str) -> Ship {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The text of the container file.
    pub fn render(&self) -> String {
        let mut expose = String::new();
        for (name, value) in &self.environment {
            expose.push_str(&format!("ENV {name}={value:?}\n"));
        }
        for port in &self.ports {
            expose.push_str(&format!("EXPOSE {port}\n"));
        }
        let body: String = TEMPLATE
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| format!("{line}\n"))
            .collect();
        body.replace("{name}", &self.name)
            .replace("{toolchain}", &self.toolchain)
            .replace("{expose}\n", &expose)
    }

    /// What belongs into `.dockerignore`.
    pub fn ignore() -> &'static str {
        "target\n.git\n.env\n.env.*\n*.pem\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renders() {
        let text = Ship::new("orders").port(8080).render();
        assert!(text.contains("EXPOSE 8080"));
        assert!(!text.contains('{'));
    }
}

inert_fixture_does_not_build!();
