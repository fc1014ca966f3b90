// Synthetic, inert fixture written from public reports
//! Pictures of the screen.

mod tool;

use std::fs;
use std::io;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

/// A rectangle of the screen in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    pub x: i32,
    pub y: i32,
    pub width: u32,
    pub height: u32,
}

/// What to take.
#[derive(Debug, Clone, Default)]
pub struct Grab {
    area: Option<Area>,
    pointer: bool,
}

impl Grab {
    pub fn new() -> Grab {
        Grab::default()
    }

    /// Only a part of the screen.
    pub fn area(mut self, x: i32, y: i32, width: u32, height: u32) -> Grab {
        self.area = Some(Area { x, y, width, height });
        self
    }

    /// With the pointer, where the tool can do that.
    pub fn pointer(mut self) -> Grab {
        self.pointer = true;
        self
    }

    /// Takes the picture and gives it as PNG.
    pub fn png(&self) -> io::Result<Vec<u8>> {
        let folder = private_folder()?;
        let file = folder.join("screen.png");
        let result = tool::take(self.area, self.pointer, &file).and_then(|()| fs::read(&file));
        fs::remove_dir_all(&folder)?;
        let bytes = result?;
        if !bytes.starts_with(b"\x89PNG") {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the tool wrote no PNG"));
        }
        Ok(bytes)
    }
}

/// A folder that other users cannot open.
fn private_folder() -> io::Result<PathBuf> {
    let time = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
    let path = std::env::temp_dir().join(format!("screen-grab-{}-{time}", std::process::id()));
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(&path)?;
    Ok(path)
}

inert_fixture_does_not_build!();
