// Synthetic, inert fixture written from public reports; see README
//! Plug-ins in WebAssembly.

use anyhow::{bail, Context, Result};
use serde::Deserialize;
use std::{env, fs, path::{Path, PathBuf}};
use wasmtime::{Config, Engine, Linker, Module, Store, StoreLimits, StoreLimitsBuilder};
use wasmtime_wasi::sync::{ambient_authority, Dir, WasiCtxBuilder};
use wasmtime_wasi::WasiCtx;

/// What a plug-in may do.
#[derive(Debug, Default, Clone, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Grants {
    #[serde(default)]
    pub read: Vec<PathBuf>,
    #[serde(default)]
    pub variables: Vec<String>,
}

#[derive(Deserialize)]
struct GrantFile {
    grants: Grants,
}

/// A host.
pub struct Host {
    engine: Engine,
    fuel: u64,
    memory: usize,
}

/// A plug-in that was compiled.
pub struct Plugin {
    pub name: String,
    pub grants: Grants,
    module: Module,
    folder: PathBuf,
}

struct State {
    wasi: WasiCtx,
    limits: StoreLimits,
}

impl Host {
    pub fn new() -> Result<Host> {
        let mut config = Config::new();
        config.consume_fuel(true);
        Ok(Host { engine: Engine::new(&config)?, fuel: 500_000_000, memory: 64 << 20 })
    }

    /// Steps after which a call ends with an error.
    pub fn fuel(mut self, fuel: u64) -> Host {
        self.fuel = fuel;
        self
    }

    /// Loads all plug-ins of a folder.
    pub fn load(&self, folder: &Path) -> Result<Vec<Plugin>> {
        let mut plugins = Vec::new();
        for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            if path.extension().map_or(true, |e| e != "wasm") {
                continue;
            }
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let grants = match fs::read_to_string(path.with_extension("grants.toml")) {
                Ok(text) => toml::from_str::<GrantFile>(&text).with_context(|| name.clone())?.grants,
                Err(_) => Grants::default(),
            };
            let module = Module::from_file(&self.engine, &path).with_context(|| name.clone())?;
            plugins.push(Plugin { name, grants, module, folder: folder.to_path_buf() });
        }
        plugins.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(plugins)
    }

    /// Calls the main function of a plug-in with arguments.
    pub fn run(&self, plugin: &Plugin, args: &[String]) -> Result<()> {
        let root = plugin.folder.canonicalize()?;
        let mut wasi = WasiCtxBuilder::new();
        wasi.inherit_stdout().inherit_stderr().args(args)?;
        for name in &plugin.grants.variables {
            if let Ok(value) = env::var(name) {
                wasi.env(name, &value)?;
            }
        }
        for path in &plugin.grants.read {
            let full = root.join(path).canonicalize()?;
            if !full.starts_with(&root) {
                bail!("{}: {} is outside of the folder of plug-ins", plugin.name, path.display());
            }
            wasi.preopened_dir(Dir::open_ambient_dir(full, ambient_authority())?, path)?;
        }
        let limits = StoreLimitsBuilder::new().memory_size(self.memory).instances(1).build();
        let mut store = Store::new(&self.engine, State { wasi: wasi.build(), limits });
        store.limiter(|s| &mut s.limits);
        store.set_fuel(self.fuel)?;
        let mut linker = Linker::new(&self.engine);
        wasmtime_wasi::add_to_linker(&mut linker, |s: &mut State| &mut s.wasi)?;
        let instance = linker.instantiate(&mut store, &plugin.module)?;
        instance
            .get_typed_func::<(), ()>(&mut store, "_start")?
            .call(&mut store, ())
            .with_context(|| format!("plug-in {}", plugin.name))
    }
}

inert_fixture_does_not_build!();
