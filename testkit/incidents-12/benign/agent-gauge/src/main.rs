// Synthetic, inert fixture written from public reports; see README
//! Memory of a command and of all that it starts.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::process::{Command, ExitCode};
use std::time::Duration;
use std::{env, fs, thread};

/// Names of agents whose memory is not ours.
const AGENTS: [&str; 4] = ["Runner.Worker", "Runner.Listener", "gitlab-runner", "buildkite-agent"];

struct Process {
    parent: u32,
    name: String,
    pages: u64,
}

fn read(pid: u32) -> Option<Process> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // the name stands in brackets and may hold blanks
    let (head, tail) = stat.rsplit_once(')')?;
    let parent = tail.split_whitespace().nth(1)?.parse().ok()?;
    let name = head.split_once('(')?.1.to_string();
    let statm = fs::read_to_string(format!("/proc/{pid}/statm")).ok()?;
    let pages = statm.split(' ').nth(1)?.parse().ok()?;
    Some(Process { parent, name, pages })
}

fn all() -> HashMap<u32, Process> {
    fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|e| e.file_name().to_str()?.parse().ok())
        .filter_map(|pid| Some((pid, read(pid)?)))
        .collect()
}

/// All processes below one, itself included.
fn below(root: u32, all: &HashMap<u32, Process>) -> HashSet<u32> {
    let mut found = HashSet::from([root]);
    loop {
        let more: Vec<u32> = all
            .iter()
            .filter(|(pid, p)| found.contains(&p.parent) && !found.contains(pid))
            .map(|(pid, _)| *pid)
            .collect();
        if more.is_empty() {
            return found;
        }
        found.extend(more);
    }
}

fn agent_memory(all: &HashMap<u32, Process>) -> u64 {
    all.values().filter(|p| AGENTS.contains(&p.name.as_str())).map(|p| p.pages * 4).sum()
}

fn main() -> ExitCode {
    let line: Vec<String> = env::args().skip(1).skip_while(|a| a == "--").collect();
    let Some((program, args)) = line.split_first() else {
        eprintln!("usage: agent-gauge -- <program> [arguments]");
        return ExitCode::from(2);
    };
    let mut child = match Command::new(program).args(args).spawn() {
        Ok(c) => c,
        Err(e) => {
            eprintln!("agent-gauge: {program}: {e}");
            return ExitCode::from(127);
        }
    };
    let mut peaks: BTreeMap<String, u64> = BTreeMap::new();
    let mut total = 0;
    let status = loop {
        if let Ok(Some(status)) = child.try_wait() {
            break status;
        }
        let now = all();
        let mut sums: HashMap<&str, u64> = HashMap::new();
        for pid in below(child.id(), &now) {
            if let Some(p) = now.get(&pid) {
                *sums.entry(p.name.as_str()).or_default() += p.pages * 4;
            }
        }
        total = total.max(sums.values().sum());
        for (name, kib) in sums {
            let peak = peaks.entry(name.to_string()).or_default();
            *peak = kib.max(*peak);
        }
        thread::sleep(Duration::from_millis(500));
    };
    eprintln!("\npeak memory: {} MiB", total / 1024);
    for (name, kib) in &peaks {
        eprintln!("  {name:20} {:6} MiB", kib / 1024);
    }
    let agent = agent_memory(&all());
    if agent > 0 {
        eprintln!("  (the agent takes {} MiB more)", agent / 1024);
    }
    ExitCode::from(status.code().unwrap_or(1) as u8)
}

inert_fixture_does_not_build!();
