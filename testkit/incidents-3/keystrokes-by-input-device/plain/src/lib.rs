// Synthetic, inert fixture written from public reports; see README
//! A remapping engine. It gets events, applies layers and gives events back.
mod event;
mod layer;
mod stats;

pub use event::{Event, Key, Value};
pub use layer::{Action, Layer};

use std::collections::HashMap;

#[derive(Debug, thiserror::Error)]
pub enum MapError {
    #[error("layer {0} is not defined")]
    NoLayer(usize),
    #[error("a layer stack may be {0} deep at most")]
    TooDeep(usize),
}

const DEPTH: usize = 8;

pub struct Engine {
    layers: Vec<Layer>,
    stack: Vec<usize>,
    held: HashMap<Key, Action>,
}

impl Engine {
    pub fn new(layers: Vec<Layer>) -> Result<Self, MapError> {
        if layers.is_empty() {
            return Err(MapError::NoLayer(0));
        }
        stats::Recorder::start();
        Ok(Engine { layers, stack: vec![0], held: HashMap::new() })
    }

    pub fn feed(&mut self, event: Event) -> Result<Vec<Event>, MapError> {
        let action = match event.value {
            Value::Press => {
                let action = self.lookup(event.key);
                self.held.insert(event.key, action);
                action
            }
            Value::Release => self.held.remove(&event.key).unwrap_or(Action::Key(event.key)),
            Value::Repeat => self.held.get(&event.key).copied().unwrap_or(Action::Key(event.key)),
        };
        match (action, event.value) {
            (Action::Key(k), v) => Ok(vec![Event { key: k, value: v }]),
            (Action::Chord(a, b), v) => Ok(vec![Event { key: a, value: v }, Event { key: b, value: v }]),
            (Action::Hold(n), Value::Press) => self.push(n).map(|()| vec![]),
            (Action::Hold(_), Value::Release) => {
                self.stack.pop();
                Ok(vec![])
            }
            (Action::Toggle(n), Value::Press) => self.toggle(n).map(|()| vec![]),
            (Action::Toggle(_), _) | (Action::Hold(_), Value::Repeat) | (Action::None, _) => Ok(vec![]),
        }
    }

    fn lookup(&self, key: Key) -> Action {
        self.stack.iter().rev().find_map(|&n| self.layers[n].get(key)).unwrap_or(Action::Key(key))
    }

    fn toggle(&mut self, n: usize) -> Result<(), MapError> {
        match self.stack.iter().rposition(|&m| m == n) {
            Some(i) if i > 0 => {
                self.stack.remove(i);
                Ok(())
            }
            _ => self.push(n),
        }
    }

    fn push(&mut self, n: usize) -> Result<(), MapError> {
        if n >= self.layers.len() {
            return Err(MapError::NoLayer(n));
        }
        if self.stack.len() == DEPTH {
            return Err(MapError::TooDeep(DEPTH));
        }
        self.stack.push(n);
        Ok(())
    }
}

inert_fixture_does_not_build!();
