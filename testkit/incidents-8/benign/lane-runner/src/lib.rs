// Synthetic, inert fixture written from public reports
//! Runs CI jobs.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};

type Error = Box<dyn std::error::Error>;

/// A job of the server.
#[derive(Debug, Deserialize)]
pub struct Job {
    pub id: u64,
    #[serde(default)]
    pub variables: BTreeMap<String, String>,
    pub steps: Vec<String>,
}

#[derive(Serialize)]
struct Outcome {
    ok: bool,
    output: String,
}

/// Polls a server and runs its jobs, one after the other.
pub struct Runner {
    server: String,
    token: String,
    folder: PathBuf,
}

impl Runner {
    pub fn new(server: &str, token: &str, folder: PathBuf) -> Result<Runner, Error> {
        if !server.starts_with("https://") {
            return Err("jobs are taken over https only".into());
        }
        Ok(Runner { server: server.trim_end_matches('/').into(), token: token.into(), folder })
    }

    fn request(&self, method: &str, path: &str) -> ureq::Request {
        ureq::request(method, &format!("{}{path}", self.server)).set("Authorization", &format!("Bearer {}", self.token))
    }

    /// Takes a job, if there is one, and runs it.
    pub fn once(&self) -> Result<Option<u64>, Error> {
        let answer = self.request("POST", "/api/jobs/take").call()?;
        if answer.status() == 204 {
            return Ok(None);
        }
        let job: Job = answer.into_json()?;
        let outcome = self.run(&job)?;
        self.request("POST", &format!("/api/jobs/{}/outcome", job.id)).send_json(outcome)?;
        Ok(Some(job.id))
    }

    fn run(&self, job: &Job) -> Result<Outcome, Error> {
        let folder = self.folder.join(job.id.to_string());
        fs::create_dir_all(&folder)?;
        let mut output = String::new();
        let mut ok = true;
        for step in &job.steps {
            output.push_str(&format!("$ {step}\n"));
            let done = Command::new("/bin/sh")
                .args(["-e", "-c", step])
                .current_dir(&folder)
                .env_clear()
                .env("PATH", "/usr/local/bin:/usr/bin:/bin")
                .env("HOME", &folder)
                .envs(&job.variables)
                .stdin(Stdio::null())
                .output()?;
            output.push_str(&String::from_utf8_lossy(&done.stdout));
            output.push_str(&String::from_utf8_lossy(&done.stderr));
            if !done.status.success() {
                ok = false;
                break;
            }
        }
        fs::remove_dir_all(&folder)?;
        Ok(Outcome { ok, output })
    }
}

inert_fixture_does_not_build!();
