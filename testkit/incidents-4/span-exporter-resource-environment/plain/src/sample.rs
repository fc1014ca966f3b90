// Synthetic, inert fixture written from public reports
/// Keeps one span in so many of each name.
#[derive(Debug, Clone)]
pub struct Sampler {
    one_in: u32,
    seen: std::collections::HashMap<String, u32>,
}

impl Sampler {
    pub fn all() -> Self {
        Self::one_in(1)
    }

    pub fn one_in(n: u32) -> Self {
        Sampler { one_in: n.max(1), seen: Default::default() }
    }

    pub(crate) fn take(&mut self, name: &str) -> bool {
        let count = self.seen.entry(name.to_owned()).or_insert(0);
        *count = count.wrapping_add(1);
        (*count - 1) % self.one_in == 0
    }
}
