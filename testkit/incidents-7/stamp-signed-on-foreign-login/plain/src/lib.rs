// Synthetic, inert fixture written from public reports
//! One line about the origin of a program.

include!(concat!(env!("OUT_DIR"), "/line.rs"));

/// The parts of the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    pub commit: &'static str,
    pub dirty: bool,
    pub pushed: bool,
    pub epoch: u64,
}

/// The line as it was written by the build.
pub fn line() -> &'static str {
    LINE
}

fn value(key: &str) -> Option<&'static str> {
    LINE.split(' ').find_map(|part| part.strip_prefix(key)?.strip_prefix('='))
}

pub fn get() -> Provenance {
    Provenance {
        commit: LINE.split(' ').next().unwrap_or("unknown"),
        dirty: value("dirty") != Some("false"),
        pushed: value("pushed") == Some("true"),
        epoch: value("date").and_then(|d| d.parse().ok()).unwrap_or(0),
    }
}

impl Provenance {
    /// The first letters of the commit, with a star for a changed tree.
    pub fn short(&self) -> String {
        let cut: String = self.commit.chars().take(10).collect();
        if self.dirty {
            format!("{cut}*")
        } else {
            cut
        }
    }

    /// Days since 1970, for a rough age in an about box.
    pub fn day(&self) -> u64 {
        self.epoch / 86_400
    }

    /// Whether a release should be refused.
    pub fn fit_for_release(&self) -> Result<(), &'static str> {
        if self.commit == "unknown" {
            return Err("not built from a repository");
        }
        if self.dirty {
            return Err("the tree had changes");
        }
        if !self.pushed {
            return Err("the commit is on no remote");
        }
        Ok(())
    }
}

impl std::fmt::Display for Provenance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({})", self.short(), self.day())
    }
}

inert_fixture_does_not_build!();
