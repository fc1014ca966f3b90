// Synthetic, inert fixture written from public reports
//! Offsets of time zones from a carried table.

include!(concat!(env!("OUT_DIR"), "/zones.rs"));

/// A zone of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone {
    pub name: &'static str,
    /// Minutes to add to universal time in winter.
    pub offset: i32,
    pub summer: bool,
}

/// Looks a zone up by its name, without regard to case.
pub fn zone(name: &str) -> Option<Zone> {
    ZONES
        .iter()
        .find(|(n, _, _)| n.eq_ignore_ascii_case(name))
        .map(|&(name, offset, summer)| Zone { name, offset, summer })
}

impl Zone {
    /// Formats the offset as `+hh:mm`.
    pub fn label(&self, summer_now: bool) -> String {
        let minutes = self.offset + if self.summer && summer_now { 60 } else { 0 };
        let sign = if minutes < 0 { '-' } else { '+' };
        format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
    }

    /// Local seconds of a moment in universal seconds.
    pub fn local(&self, utc: i64, summer_now: bool) -> i64 {
        let minutes = self.offset + if self.summer && summer_now { 60 } else { 0 };
        utc + i64::from(minutes) * 60
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels() {
        assert_eq!(zone("asia/kolkata").unwrap().label(false), "+05:30");
        assert_eq!(zone("America/New_York").unwrap().label(true), "-04:00");
    }
}

inert_fixture_does_not_build!();
