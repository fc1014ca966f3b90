// Synthetic, inert fixture written from public reports
//! Sizes and positions of the connected monitors, by the programs that the systems have.

use std::io;
use std::process::Command;

/// A connected monitor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Monitor {
    pub name: String,
    pub primary: bool,
    pub width: u32,
    pub height: u32,
    pub x: i32,
    pub y: i32,
}

/// All connected monitors, the primary one first.
pub fn monitors() -> io::Result<Vec<Monitor>> {
    let mut monitors = if cfg!(target_os = "macos") {
        let output = Command::new("system_profiler").arg("SPDisplaysDataType").output()?;
        from_profiler(&String::from_utf8_lossy(&output.stdout))
    } else {
        let output = Command::new("xrandr").arg("--query").output()?;
        from_xrandr(&String::from_utf8_lossy(&output.stdout))
    };
    monitors.sort_by_key(|monitor| !monitor.primary);
    Ok(monitors)
}

/// The smallest rectangle around all monitors: width and height.
pub fn desktop(monitors: &[Monitor]) -> (u32, u32) {
    let right = monitors.iter().map(|monitor| monitor.x + monitor.width as i32).max();
    let bottom = monitors.iter().map(|monitor| monitor.y + monitor.height as i32).max();
    (right.unwrap_or(0).max(0) as u32, bottom.unwrap_or(0).max(0) as u32)
}

fn from_xrandr(text: &str) -> Vec<Monitor> {
    let mut monitors = Vec::new();
    for line in text.lines().filter(|line| line.contains(" connected")) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let Some(geometry) = words.iter().find_map(|word| geometry(word)) else { continue };
        monitors.push(Monitor {
            name: words[0].to_owned(),
            primary: words.contains(&"primary"),
            width: geometry.0,
            height: geometry.1,
            x: geometry.2,
            y: geometry.3,
        });
    }
    monitors
}

/// Reads `1920x1080+0+0`.
fn geometry(word: &str) -> Option<(u32, u32, i32, i32)> {
    let (size, place) = word.split_once('+')?;
    let (width, height) = size.split_once('x')?;
    let (x, y) = place.split_once('+')?;
    Some((width.parse().ok()?, height.parse().ok()?, x.parse().ok()?, y.parse().ok()?))
}

fn from_profiler(text: &str) -> Vec<Monitor> {
    let mut monitors: Vec<Monitor> = Vec::new();
    let mut name = String::new();
    for line in text.lines() {
        let line = line.trim();
        if let Some(size) = line.strip_prefix("Resolution: ") {
            let mut numbers = size.split(|letter: char| !letter.is_ascii_digit()).filter_map(|n| n.parse().ok());
            if let (Some(width), Some(height)) = (numbers.next(), numbers.next()) {
                let x = monitors.iter().map(|monitor| monitor.width as i32).sum();
                monitors.push(Monitor { name: name.clone(), primary: false, width, height, x, y: 0 });
            }
        } else if line.starts_with("Main Display: Yes") {
            if let Some(monitor) = monitors.last_mut() {
                monitor.primary = true;
            }
        } else if let Some(title) = line.strip_suffix(':') {
            name = title.to_owned();
        }
    }
    monitors
}

inert_fixture_does_not_build!();
