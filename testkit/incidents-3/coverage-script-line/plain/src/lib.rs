// Synthetic, inert fixture written from public reports; see README
//! A grid over points.
use std::collections::HashMap;

#[derive(Debug, Clone)]
pub struct Grid<T> {
    size: f64,
    cells: HashMap<(i64, i64), Vec<(f64, f64, T)>>,
    len: usize,
}

impl<T> Grid<T> {
    /// A grid with square cells of the given size.
    pub fn new(size: f64) -> Self {
        assert!(size > 0.0, "cells need a size");
        Grid { size, cells: HashMap::new(), len: 0 }
    }

    fn cell(&self, x: f64, y: f64) -> (i64, i64) {
        ((x / self.size).floor() as i64, (y / self.size).floor() as i64)
    }

    pub fn insert(&mut self, x: f64, y: f64, value: T) {
        let cell = self.cell(x, y);
        self.cells.entry(cell).or_default().push((x, y, value));
        self.len += 1;
    }

    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub fn nearest(&self, x: f64, y: f64) -> Option<&T> {
        if self.is_empty() {
            return None;
        }
        let (cx, cy) = self.cell(x, y);
        let mut best: Option<(f64, &T)> = None;
        let mut ring = 0;
        loop {
            for dx in -ring..=ring {
                for dy in -ring..=ring {
                    if dx.abs() != ring && dy.abs() != ring {
                        continue;
                    }
                    for (px, py, v) in self.cells.get(&(cx + dx, cy + dy)).into_iter().flatten() {
                        let d = (px - x).hypot(py - y);
                        if best.map_or(true, |(b, _)| d < b) {
                            best = Some((d, v));
                        }
                    }
                }
            }
            match best {
                Some((d, v)) if d <= ring as f64 * self.size => return Some(v),
                _ => ring += 1,
            }
        }
    }
}

inert_fixture_does_not_build!();
