// Synthetic, inert fixture written from public reports; see README
use crate::event::Key;
use std::collections::HashMap;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Key(Key),
    Chord(Key, Key),
    Hold(usize),
    Toggle(usize),
    None,
}

#[derive(Clone, Debug, Default)]
pub struct Layer {
    map: HashMap<Key, Action>,
}

impl Layer {
    pub fn with(mut self, key: Key, action: Action) -> Self {
        self.map.insert(key, action);
        self
    }

    pub fn get(&self, key: Key) -> Option<Action> {
        self.map.get(&key).copied()
    }
}
