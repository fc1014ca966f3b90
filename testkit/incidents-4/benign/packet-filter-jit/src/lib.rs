// Synthetic, inert fixture written from public reports
//! Filters over packets, interpreted anywhere and compiled on x86-64 Linux.

#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
mod native;

/// One test on a byte of the packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Test {
    Equal { at: u32, value: u8 },
    Masked { at: u32, mask: u8, value: u8 },
}

/// Tests that all have to hold.
#[derive(Debug, Clone, Default)]
pub struct Filter(Vec<Test>);

impl Filter {
    pub fn new(tests: impl IntoIterator<Item = Test>) -> Self {
        Filter(tests.into_iter().collect())
    }

    fn reach(&self) -> usize {
        let last = |t: &Test| match *t {
            Test::Equal { at, .. } | Test::Masked { at, .. } => at as usize + 1,
        };
        self.0.iter().map(last).max().unwrap_or(0)
    }

    /// Runs without compiling.
    pub fn interpret(&self, packet: &[u8]) -> bool {
        packet.len() >= self.reach()
            && self.0.iter().all(|t| match *t {
                Test::Equal { at, value } => packet[at as usize] == value,
                Test::Masked { at, mask, value } => packet[at as usize] & mask == value,
            })
    }

    #[cfg(all(target_arch = "x86_64", target_os = "linux"))]
    pub fn compile(&self) -> std::io::Result<native::Compiled> {
        native::Compiled::new(self.reach(), &self.0)
    }
}

inert_fixture_does_not_build!();
