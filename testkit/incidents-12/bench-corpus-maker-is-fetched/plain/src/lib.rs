// Synthetic, inert fixture written from public reports; see README
//! Lines that hold one of many words.

use std::collections::{HashMap, VecDeque};

#[derive(Default)]
struct Node {
    next: HashMap<u8, usize>,
    fail: usize,
    hit: Option<usize>,
}

/// A set of words, ready for search.
pub struct Sift {
    nodes: Vec<Node>,
    words: Vec<String>,
}

impl Sift {
    pub fn new<S: AsRef<str>>(words: &[S]) -> Self {
        let mut nodes = vec![Node::default()];
        for (i, word) in words.iter().enumerate() {
            let mut at = 0;
            for &b in word.as_ref().as_bytes() {
                at = match nodes[at].next.get(&b) {
                    Some(&n) => n,
                    None => {
                        nodes.push(Node::default());
                        let n = nodes.len() - 1;
                        nodes[at].next.insert(b, n);
                        n
                    }
                };
            }
            nodes[at].hit.get_or_insert(i);
        }
        let mut queue: VecDeque<usize> = nodes[0].next.values().copied().collect();
        while let Some(at) = queue.pop_front() {
            let children: Vec<(u8, usize)> = nodes[at].next.iter().map(|(b, n)| (*b, *n)).collect();
            for (b, child) in children {
                let mut f = nodes[at].fail;
                while f != 0 && !nodes[f].next.contains_key(&b) {
                    f = nodes[f].fail;
                }
                let fail = nodes[f].next.get(&b).copied().filter(|n| *n != child).unwrap_or(0);
                nodes[child].fail = fail;
                if nodes[child].hit.is_none() {
                    nodes[child].hit = nodes[fail].hit;
                }
                queue.push_back(child);
            }
        }
        Sift { nodes, words: words.iter().map(|w| w.as_ref().to_string()).collect() }
    }

    /// The first word of the set that the text holds.
    pub fn first(&self, text: &str) -> Option<&str> {
        let mut at = 0;
        for b in text.bytes() {
            while at != 0 && !self.nodes[at].next.contains_key(&b) {
                at = self.nodes[at].fail;
            }
            at = self.nodes[at].next.get(&b).copied().unwrap_or(0);
            if let Some(i) = self.nodes[at].hit {
                return Some(&self.words[i]);
            }
        }
        None
    }

    /// All lines with a hit.
    pub fn lines<'t>(&'t self, text: &'t str) -> impl Iterator<Item = &'t str> + 't {
        text.lines().filter(move |l| self.first(l).is_some())
    }
}

inert_fixture_does_not_build!();
