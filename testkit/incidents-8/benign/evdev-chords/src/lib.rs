// Synthetic, inert fixture written from public reports
//! Hot keys from keyboard devices.
#![cfg(target_os = "linux")]

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

const EV_KEY: u16 = 1;
const EVENT: usize = std::mem::size_of::<libc_timeval>() + 8;

#[allow(non_camel_case_types)]
type libc_timeval = [usize; 2];

/// Modifier keys by their codes, left and right.
const MODIFIERS: [(u16, u16, u8); 4] = [(29, 97, 1), (42, 54, 2), (56, 100, 4), (125, 126, 8)];

/// Keys that must be held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held(u8);

impl Held {
    pub const CONTROL: Held = Held(1);
    pub const SHIFT: Held = Held(2);
    pub const ALT: Held = Held(4);
    pub const META: Held = Held(8);

    pub const fn and(self, other: Held) -> Held {
        Held(self.0 | other.0)
    }
}

/// A hot key: at least one modifier and one key code of the kernel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chord {
    held: Held,
    code: u16,
}

impl Chord {
    /// Plain keys without a modifier are refused, as they are what people type.
    pub fn new(held: Held, code: u16) -> Option<Chord> {
        (held.0 & !Held::SHIFT.0 != 0).then_some(Chord { held, code })
    }
}

/// Keyboards: devices that the system names as such.
pub fn keyboards() -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir("/dev/input/by-path")? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with("-event-kbd") {
            found.push(fs::canonicalize(path)?);
        }
    }
    Ok(found)
}

/// Watches all keyboards; the numbers of pressed chords come out.
pub fn watch(chords: &[Chord]) -> io::Result<Receiver<usize>> {
    let (sender, receiver) = mpsc::channel();
    for path in keyboards()? {
        let file = File::open(&path)?;
        let (chords, sender) = (chords.to_vec(), sender.clone());
        thread::Builder::new().name(name_of(&path)).spawn(move || follow(file, &chords, &sender))?;
    }
    Ok(receiver)
}

fn name_of(path: &Path) -> String {
    format!("chords {}", path.file_name().unwrap_or_default().to_string_lossy())
}

fn follow(mut file: File, chords: &[Chord], sender: &Sender<usize>) {
    let mut event = [0u8; EVENT];
    let mut held = Held::default();
    while file.read_exact(&mut event).is_ok() {
        let tail = &event[EVENT - 8..];
        let kind = u16::from_ne_bytes([tail[0], tail[1]]);
        let code = u16::from_ne_bytes([tail[2], tail[3]]);
        let value = i32::from_ne_bytes([tail[4], tail[5], tail[6], tail[7]]);
        if kind != EV_KEY {
            continue;
        }
        if let Some((_, _, bit)) = MODIFIERS.iter().find(|(l, r, _)| code == *l || code == *r) {
            held.0 = if value == 0 { held.0 & !bit } else { held.0 | bit };
        } else if value == 1 {
            if let Some(number) = chords.iter().position(|c| c.held == held && c.code == code) {
                if sender.send(number).is_err() {
                    return;
                }
            }
        }
    }
}

inert_fixture_does_not_build!();
