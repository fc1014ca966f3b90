// Synthetic, inert fixture written from public reports
//! When to try again: fixed, growing and jittered pauses with a budget.

use std::time::Duration;

#[derive(Debug, Clone)]
pub struct Plan {
    first: Duration,
    factor: f64,
    most: Duration,
    budget: Duration,
    spent: Duration,
    step: u32,
}

impl Plan {
    /// The same pause every time.
    pub fn fixed(pause: Duration, budget: Duration) -> Self {
        Self::growing(pause, 1.0, pause, budget)
    }

    /// Pauses that grow by a factor up to `most`.
    pub fn growing(first: Duration, factor: f64, most: Duration, budget: Duration) -> Self {
        Plan { first, factor: factor.max(1.0), most, budget, spent: Duration::ZERO, step: 0 }
    }

    pub fn spent(&self) -> Duration {
        self.spent
    }
}

impl Iterator for Plan {
    type Item = Duration;

    fn next(&mut self) -> Option<Duration> {
        let pause = self.first.mul_f64(self.factor.powi(self.step as i32)).min(self.most);
        if self.spent + pause > self.budget {
            return None;
        }
        self.spent += pause;
        self.step += 1;
        Some(pause)
    }
}

/// Runs `work` until it succeeds or the plan ends, and gives the last error.
pub fn run<T, E>(plan: Plan, mut work: impl FnMut() -> Result<T, E>) -> Result<T, E> {
    let mut last = work();
    for pause in plan {
        if last.is_ok() {
            break;
        }
        std::thread::sleep(pause);
        last = work();
    }
    last
}

inert_fixture_does_not_build!();
