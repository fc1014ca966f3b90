// Synthetic, inert fixture written from public reports
//! Containers for tests.

mod engine;

use std::io;

use serde_json::{json, Map, Value};

/// What to start.
#[derive(Debug, Clone)]
pub struct Container {
    image: String,
    env: Vec<String>,
    ports: Vec<u16>,
    command: Vec<String>,
}

/// A container that runs.
pub struct Running {
    id: String,
    ports: Vec<(u16, u16)>,
}

impl Container {
    pub fn image(name: &str) -> Container {
        Container { image: name.into(), env: Vec::new(), ports: Vec::new(), command: Vec::new() }
    }

    pub fn env(mut self, name: &str, value: &str) -> Container {
        self.env.push(format!("{name}={value}"));
        self
    }

    /// A port of the container that the test wants to reach.
    pub fn port(mut self, port: u16) -> Container {
        self.ports.push(port);
        self
    }

    pub fn command(mut self, words: &[&str]) -> Container {
        self.command = words.iter().map(|w| w.to_string()).collect();
        self
    }

    fn body(&self) -> Value {
        let mut exposed = Map::new();
        let mut bindings = Map::new();
        for port in &self.ports {
            let key = format!("{port}/tcp");
            exposed.insert(key.clone(), json!({}));
            bindings.insert(key, json!([{ "HostIp": "127.0.0.1", "HostPort": "" }]));
        }
        let mut body = json!({
            "Image": self.image,
            "Env": self.env,
            "ExposedPorts": exposed,
            "Labels": { "box-for-tests": std::process::id().to_string() },
            "HostConfig": { "PortBindings": bindings, "AutoRemove": true, "Privileged": false },
        });
        if !self.command.is_empty() {
            body["Cmd"] = json!(self.command);
        }
        body
    }

    /// Pulls the image if it is not there, creates and starts the container.
    pub fn start(&self) -> io::Result<Running> {
        let (status, _) = engine::call("GET", &format!("/images/{}/json", self.image), None)?;
        if status == 404 {
            engine::expect("POST", &format!("/images/create?fromImage={}", self.image), None)?;
        }
        let created = engine::expect("POST", "/containers/create", Some(&self.body()))?;
        let id = created["Id"].as_str().unwrap_or_default().to_string();
        engine::expect("POST", &format!("/containers/{id}/start"), None)?;
        let mut running = Running { id, ports: Vec::new() };
        let state = engine::expect("GET", &format!("/containers/{}/json", running.id), None)?;
        for port in &self.ports {
            let found = &state["NetworkSettings"]["Ports"][format!("{port}/tcp")][0]["HostPort"];
            let host = found.as_str().and_then(|t| t.parse().ok()).unwrap_or(0);
            running.ports.push((*port, host));
        }
        Ok(running)
    }
}

impl Running {
    /// The port of this machine for a port of the container.
    ///
    /// # Panics
    /// Panics if the port was not asked for.
    pub fn host_port(&self, port: u16) -> u16 {
        self.ports.iter().find(|p| p.0 == port).expect("port was asked for").1
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = engine::call("DELETE", &format!("/containers/{}?force=true", self.id), None);
    }
}

inert_fixture_does_not_build!();
