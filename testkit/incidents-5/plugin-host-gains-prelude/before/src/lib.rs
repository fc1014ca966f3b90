// Synthetic, inert fixture written from public reports
//! Runs filters written in WebAssembly over records, with limits of memory and time.

use std::path::Path;

use anyhow::{anyhow, Context, Result};
use wasmtime::{Caller, Config, Engine, Extern, Instance, Linker, Memory, Module, Store, TypedFunc};

/// Fuel for one record.
const FUEL: u64 = 5_000_000;

/// Loads filters.
pub struct Host {
    engine: Engine,
    linker: Linker<Vec<String>>,
}

/// A loaded filter.
pub struct Filter {
    store: Store<Vec<String>>,
    memory: Memory,
    alloc: TypedFunc<u32, u32>,
    filter: TypedFunc<(u32, u32), i32>,
}

impl Host {
    pub fn new() -> Result<Self> {
        let engine = Engine::new(Config::new().consume_fuel(true))?;
        let mut linker = Linker::new(&engine);
        linker.func_wrap("host", "log", |mut caller: Caller<'_, Vec<String>>, at: u32, size: u32| {
            let text = text(&mut caller, at, size)?;
            caller.data_mut().push(text);
            Ok(())
        })?;
        Ok(Host { engine, linker })
    }

    /// Loads a filter from a file in binary or text form.
    pub fn load(&self, file: &Path) -> Result<Filter> {
        let module = Module::from_file(&self.engine, file)
            .with_context(|| format!("{} is not a filter", file.display()))?;
        self.start(&module)
    }

    fn start(&self, module: &Module) -> Result<Filter> {
        let mut store = Store::new(&self.engine, Vec::new());
        store.set_fuel(FUEL)?;
        let instance: Instance = self.linker.instantiate(&mut store, module)?;
        let memory = instance
            .get_memory(&mut store, "memory")
            .ok_or_else(|| anyhow!("the filter exports no memory"))?;
        let alloc = instance.get_typed_func(&mut store, "alloc")?;
        let filter = instance.get_typed_func(&mut store, "filter")?;
        Ok(Filter { store, memory, alloc, filter })
    }
}

impl Filter {
    /// True if the filter keeps the record.
    pub fn keeps(&mut self, record: &[u8]) -> Result<bool> {
        self.store.set_fuel(FUEL)?;
        let size = u32::try_from(record.len())?;
        let at = self.alloc.call(&mut self.store, size)?;
        self.memory.write(&mut self.store, at as usize, record)?;
        Ok(self.filter.call(&mut self.store, (at, size))? != 0)
    }

    /// Takes what the filter has logged.
    pub fn take_log(&mut self) -> Vec<String> {
        std::mem::take(self.store.data_mut())
    }
}

fn text(caller: &mut Caller<'_, Vec<String>>, at: u32, size: u32) -> Result<String> {
    let Some(Extern::Memory(memory)) = caller.get_export("memory") else {
        return Err(anyhow!("the filter exports no memory"));
    };
    let mut bytes = vec![0; size.min(1 << 16) as usize];
    memory.read(&mut *caller, at as usize, &mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

inert_fixture_does_not_build!();
