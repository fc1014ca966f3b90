// Synthetic, inert fixture written from public reports
//! Builds container images of Rust services.
#![forbid(unsafe_code)]

use std::io;
use std::path::Path;
use std::process::Command;

const IMAGES: &str = include_str!("../images.json");

/// What the program runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// A small Debian with a shell.
    Debian,
    /// No shell and no package manager.
    Distroless,
}

/// The program that builds images.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// docker, with BuildKit.
    Docker,
    /// podman.
    Podman,
}

impl Engine {
    fn program(self) -> &'static str {
        match self {
            Engine::Docker => "docker",
            Engine::Podman => "podman",
        }
    }

    /// The first engine that answers `version`.
    pub fn detect() -> io::Result<Engine> {
        let answers = |e: &Engine| Command::new(e.program()).arg("version").output().is_ok_and(|o| o.status.success());
        let found = [Engine::Podman, Engine::Docker].into_iter().find(answers);
        found.ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "neither podman nor docker answers"))
    }

    fn run(self, arguments: &[&str], dir: &Path) -> io::Result<()> {
        let status = Command::new(self.program())
            .args(arguments)
            .current_dir(dir)
            .env("DOCKER_BUILDKIT", "1")
            .status()?;
        if status.success() {
            Ok(())
        } else {
            Err(io::Error::other(format!("{} {}: {status}", self.program(), arguments.join(" "))))
        }
    }

    /// Pushes an image with the logins of the engine.
    pub fn push(self, tag: &str) -> io::Result<()> {
        self.run(&["push", "--", tag], Path::new("."))
    }
}

/// What goes into an image.
#[derive(Clone, Debug)]
pub struct Recipe {
    program: String,
    base: Base,
    ports: Vec<u16>,
    secrets: Vec<String>,
}

fn image(name: &str) -> String {
    let all: serde_json::Value = serde_json::from_str(IMAGES).expect("images.json is in the package");
    all[name].as_str().expect("known names only").to_owned()
}

impl Recipe {
    /// A recipe for a program of the project.
    pub fn new(program: &str) -> Recipe {
        assert!(program.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)), "{program:?}");
        Recipe { program: program.into(), base: Base::Debian, ports: vec![], secrets: vec![] }
    }

    /// Sets the base.
    pub fn base(mut self, base: Base) -> Recipe {
        self.base = base;
        self
    }

    /// A port.
    pub fn port(mut self, port: u16) -> Recipe {
        self.ports.push(port);
        self
    }

    /// A build secret, such as the token of a private registry. It is mounted, never copied.
    pub fn secret(mut self, id: &str) -> Recipe {
        self.secrets.push(id.into());
        self
    }

    /// The container file.
    pub fn render(&self) -> String {
        let mounts: String = self.secrets.iter().map(|id| format!("--mount=type=secret,id={id},env={id} ")).collect();
        let (base, user) = match self.base {
            Base::Debian => (image("debian"), "RUN useradd --system --uid 10001 app\nUSER 10001\n"),
            Base::Distroless => (image("distroless"), ""),
        };
        let ports: String = self.ports.iter().map(|p| format!("EXPOSE {p}\n")).collect();
        format!(
            "FROM {rust} AS build\nWORKDIR /src\nCOPY . .\n\
             RUN {mounts}cargo build --release --locked --bin {name}\n\n\
             FROM {base}\nCOPY --from=build /src/target/release/{name} /app\n{user}{ports}ENTRYPOINT [\"/app\"]\n",
            rust = image("rust"),
            name = self.program,
        )
    }

    /// Builds an image of the project in the working folder.
    pub fn build(&self, engine: Engine, tag: &str) -> io::Result<()> {
        let file = tempfile::Builder::new().prefix("Containerfile").tempfile()?;
        std::fs::write(file.path(), self.render())?;
        let path = file.path().to_string_lossy();
        let secrets: Vec<String> = self.secrets.iter().map(|id| format!("--secret=id={id},env={id}")).collect();
        let mut arguments = vec!["build", "--pull", "-f", &path, "-t", tag];
        arguments.extend(secrets.iter().map(String::as_str));
        arguments.push(".");
        engine.run(&arguments, Path::new("."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pinned() {
        let text = Recipe::new("orders").base(Base::Distroless).render();
        assert_eq!(text.matches("@sha256:").count(), 2);
    }
}

inert_fixture_does_not_build!();
