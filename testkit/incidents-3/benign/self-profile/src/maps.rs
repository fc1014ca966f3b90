// Synthetic, inert fixture written from public reports; see README
use std::fs;
use std::io;

#[derive(Debug, Clone)]
pub struct Mapping {
    pub start: usize,
    pub end: usize,
    pub executable: bool,
    pub name: String,
}

pub struct Maps(Vec<Mapping>);

impl Maps {
    pub fn of_self() -> io::Result<Maps> {
        Ok(Maps(fs::read_to_string("/proc/self/maps")?.lines().filter_map(parse).collect()))
    }

    pub fn find(&self, address: usize) -> Option<&Mapping> {
        self.0.iter().find(|m| (m.start..m.end).contains(&address))
    }
}

fn parse(line: &str) -> Option<Mapping> {
    let mut f = line.split_whitespace();
    let (a, b) = f.next()?.split_once('-')?;
    let mode = f.next()?;
    Some(Mapping {
        start: usize::from_str_radix(a, 16).ok()?,
        end: usize::from_str_radix(b, 16).ok()?,
        executable: mode.contains('x'),
        name: f.nth(3).unwrap_or("[anonymous]").to_string(),
    })
}

#[test]
fn parses_a_line() {
    let m = parse("55d0-55ff r-xp 00000000 08:01 12 /usr/bin/cat").unwrap();
    assert!(m.executable && m.name == "/usr/bin/cat");
}
