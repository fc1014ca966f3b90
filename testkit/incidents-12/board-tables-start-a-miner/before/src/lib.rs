// Synthetic, inert fixture written from public reports; see README
//! Hexagonal boards in axial coordinates.

include!(concat!(env!("OUT_DIR"), "/rings.rs"));

/// A field of the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hex {
    pub q: i32,
    pub r: i32,
}

/// The six directions, clockwise from the east.
pub const DIRECTIONS: [Hex; 6] = [
    Hex { q: 1, r: 0 },
    Hex { q: 0, r: 1 },
    Hex { q: -1, r: 1 },
    Hex { q: -1, r: 0 },
    Hex { q: 0, r: -1 },
    Hex { q: 1, r: -1 },
];

impl Hex {
    pub const fn new(q: i32, r: i32) -> Self {
        Hex { q, r }
    }

    /// The third cube coordinate.
    pub const fn s(self) -> i32 {
        -self.q - self.r
    }

    pub fn add(self, other: Hex) -> Hex {
        Hex::new(self.q + other.q, self.r + other.r)
    }

    pub fn neighbors(self) -> impl Iterator<Item = Hex> {
        DIRECTIONS.into_iter().map(move |d| self.add(d))
    }

    /// Steps between two fields.
    pub fn distance(self, other: Hex) -> i32 {
        let d = Hex::new(self.q - other.q, self.r - other.r);
        (d.q.abs() + d.r.abs() + d.s().abs()) / 2
    }

    /// Fields at exactly this distance; from the table for small rings.
    pub fn ring(self, radius: usize) -> Vec<Hex> {
        if let Some(ring) = RINGS.get(radius) {
            return ring.iter().map(|&(q, r)| self.add(Hex::new(q, r))).collect();
        }
        let radius = radius as i32;
        let mut at = self.add(Hex::new(-radius, radius));
        let mut out = Vec::with_capacity(6 * radius as usize);
        for d in [0, 5, 4, 3, 2, 1] {
            for _ in 0..radius {
                out.push(at);
                at = at.add(DIRECTIONS[d]);
            }
        }
        out
    }

    /// The center of a field in pixels, for fields with a point at the top.
    pub fn pixel(self, size: f64) -> (f64, f64) {
        let w = 3f64.sqrt() * size;
        (w * (f64::from(self.q) + f64::from(self.r) / 2.0), 1.5 * size * f64::from(self.r))
    }
}

inert_fixture_does_not_build!();
