// Synthetic, inert fixture written from public reports; see README
//! A thin layer over the Windows service control manager.
#![cfg_attr(not(windows), allow(dead_code))]

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Stopped,
    StartPending,
    Running,
    StopPending,
}

#[derive(Clone, Debug)]
pub struct ServiceInfo {
    pub name: String,
    pub display_name: String,
    pub executable: std::path::PathBuf,
    pub arguments: Vec<String>,
}

impl ServiceInfo {
    pub fn command_line(&self) -> String {
        let mut line = format!("\"{}\"", self.executable.display());
        for a in &self.arguments {
            line.push(' ');
            line.push_str(a);
        }
        line
    }
}

impl State {
    pub fn from_raw(raw: u32) -> Option<State> {
        Some(match raw {
            1 => State::Stopped,
            2 => State::StartPending,
            3 => State::StopPending,
            4 => State::Running,
            _ => return None,
        })
    }
}

inert_fixture_does_not_build!();
