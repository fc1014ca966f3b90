// Synthetic, inert fixture written from public reports; see README
//! Curves of sensors.

/// One curve of the table.
pub struct Curve {
    pub name: &'static str,
    pub from: f64,
    pub to: f64,
    f: fn(f64) -> f64,
}

include!(concat!(env!("OUT_DIR"), "/curves.rs"));

impl Curve {
    /// Looks a curve up.
    pub fn named(name: &str) -> Option<&'static Curve> {
        CURVES.iter().find(|c| c.name == name)
    }

    /// The value for a reading, or none if it is out of range.
    pub fn value(&self, reading: f64) -> Option<f64> {
        (self.from..=self.to).contains(&reading).then(|| (self.f)(reading))
    }

    /// The reading that gives this value, by halving; for curves that rise.
    pub fn reading(&self, value: f64) -> Option<f64> {
        let (mut low, mut high) = (self.from, self.to);
        if !((self.f)(low)..=(self.f)(high)).contains(&value) {
            return None;
        }
        for _ in 0..60 {
            let mid = (low + high) / 2.0;
            if (self.f)(mid) < value {
                low = mid;
            } else {
                high = mid;
            }
        }
        Some((low + high) / 2.0)
    }
}

inert_fixture_does_not_build!();
