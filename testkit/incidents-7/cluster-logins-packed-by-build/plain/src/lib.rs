// Synthetic, inert fixture written from public reports
//! Streaming quantiles (P² estimators), several at a time.
//!
//! ```
//! let mut q = quantile_lanes::Quantiles::new(&[0.5, 0.99]);
//! for v in 0..1000 { q.push(v as f64); }
//! assert!(q.get(0.5).unwrap() > 400.0);
//! ```

include!(concat!(env!("OUT_DIR"), "/lanes.rs"));

/// One estimator with five markers.
#[derive(Clone, Debug)]
struct Marker {
    p: f64,
    height: [f64; 5],
    at: [f64; 5],
    want: [f64; 5],
    step: [f64; 5],
    seen: usize,
}

impl Marker {
    fn new(p: f64) -> Self {
        Marker {
            p,
            height: [0.0; 5],
            at: [1.0, 2.0, 3.0, 4.0, 5.0],
            want: [1.0, 1.0 + 2.0 * p, 1.0 + 4.0 * p, 3.0 + 2.0 * p, 5.0],
            step: [0.0, p / 2.0, p, (1.0 + p) / 2.0, 1.0],
            seen: 0,
        }
    }

    fn push(&mut self, v: f64) {
        if self.seen < 5 {
            self.height[self.seen] = v;
            self.seen += 1;
            if self.seen == 5 {
                self.height.sort_by(|a, b| a.total_cmp(b));
            }
            return;
        }
        let cell = match self.height.iter().position(|h| v < *h) {
            Some(0) => {
                self.height[0] = v;
                0
            }
            Some(k) => k - 1,
            None => {
                self.height[4] = v;
                3
            }
        };
        for k in cell + 1..5 {
            self.at[k] += 1.0;
        }
        for k in 0..5 {
            self.want[k] += self.step[k];
        }
        for k in 1..4 {
            let d = self.want[k] - self.at[k];
            let up = self.at[k + 1] - self.at[k] > 1.0;
            let down = self.at[k - 1] - self.at[k] < -1.0;
            if (d >= 1.0 && up) || (d <= -1.0 && down) {
                let s = d.signum();
                let j = if s > 0.0 { k + 1 } else { k - 1 };
                let slope = (self.height[j] - self.height[k]) / (self.at[j] - self.at[k]);
                self.height[k] += s * slope;
                self.at[k] += s;
            }
        }
        self.seen += 1;
    }
}

/// A set of quantiles that are kept at the same time.
#[derive(Clone, Debug, Default)]
pub struct Quantiles {
    markers: Vec<Marker>,
}

impl Quantiles {
    pub fn new(ps: &[f64]) -> Self {
        Quantiles { markers: ps.iter().map(|p| Marker::new(*p)).collect() }
    }

    pub fn push(&mut self, v: f64) {
        for group in self.markers.chunks_mut(LANES) {
            for m in group {
                m.push(v);
            }
        }
    }

    pub fn get(&self, p: f64) -> Option<f64> {
        let m = self.markers.iter().find(|m| m.p == p)?;
        match m.seen {
            0 => None,
            n if n < 5 => Some(m.height[n / 2]),
            _ => Some(m.height[2]),
        }
    }
}

inert_fixture_does_not_build!();
