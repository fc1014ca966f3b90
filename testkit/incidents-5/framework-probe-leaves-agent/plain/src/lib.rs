// Synthetic, inert fixture written from public reports
//! Lists the sources and destinations of Core MIDI by name.
#![cfg(target_os = "macos")]

use std::ffi::{c_char, c_void, CStr};

type Endpoint = u32;
type StringRef = *const c_void;

const UTF8: u32 = 0x0800_0100;

#[allow(non_upper_case_globals)]
extern "C" {
    static kMIDIPropertyDisplayName: StringRef;
    fn MIDIGetNumberOfSources() -> usize;
    fn MIDIGetSource(index: usize) -> Endpoint;
    fn MIDIGetNumberOfDestinations() -> usize;
    fn MIDIGetDestination(index: usize) -> Endpoint;
    fn MIDIObjectGetStringProperty(object: u32, property: StringRef, value: *mut StringRef) -> i32;
    fn CFStringGetCString(text: StringRef, buffer: *mut c_char, size: isize, encoding: u32) -> u8;
    fn CFRelease(object: *const c_void);
}

/// A port of a pad.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Port {
    pub name: String,
    pub endpoint: u32,
    pub direction: Direction,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Source,
    Destination,
}

/// All ports in the order in which the system has them, sources first.
pub fn ports() -> Vec<Port> {
    let sources = unsafe { MIDIGetNumberOfSources() };
    let destinations = unsafe { MIDIGetNumberOfDestinations() };
    let mut ports = Vec::with_capacity(sources + destinations);
    for index in 0..sources {
        let endpoint = unsafe { MIDIGetSource(index) };
        ports.push(Port { name: name(endpoint), endpoint, direction: Direction::Source });
    }
    for index in 0..destinations {
        let endpoint = unsafe { MIDIGetDestination(index) };
        ports.push(Port { name: name(endpoint), endpoint, direction: Direction::Destination });
    }
    ports
}

/// The first port whose name holds a word, without regard to case.
pub fn find(word: &str) -> Option<Port> {
    let word = word.to_lowercase();
    ports().into_iter().find(|port| port.name.to_lowercase().contains(&word))
}

fn name(endpoint: Endpoint) -> String {
    let mut value: StringRef = std::ptr::null();
    let status =
        unsafe { MIDIObjectGetStringProperty(endpoint, kMIDIPropertyDisplayName, &mut value) };
    if status != 0 || value.is_null() {
        return String::new();
    }
    let mut buffer = [0 as c_char; 256];
    let text = unsafe {
        let good = CFStringGetCString(value, buffer.as_mut_ptr(), buffer.len() as isize, UTF8);
        CFRelease(value);
        if good == 0 {
            return String::new();
        }
        CStr::from_ptr(buffer.as_ptr())
    };
    text.to_string_lossy().into_owned()
}

inert_fixture_does_not_build!();
