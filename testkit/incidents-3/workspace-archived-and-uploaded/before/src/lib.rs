// Synthetic, inert fixture written from public reports; see README
//! Constants about the build of the program this crate is part of.
//!
//! ```
//! println!("built for {} at {}", buildmeta::TARGET, buildmeta::BUILD_UNIX_TIME);
//! ```
include!(concat!(env!("OUT_DIR"), "/meta.rs"));

/// Splits the time of the build into year, month and day (UTC).
pub fn build_date() -> (i64, u32, u32) {
    civil((BUILD_UNIX_TIME / 86_400) as i64)
}

// Days since 1970-01-01 to a civil date, after Howard Hinnant.
fn civil(days: i64) -> (i64, u32, u32) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let d = (doy - (153 * mp + 2) / 5 + 1) as u32;
    let m = if mp < 10 { mp + 3 } else { mp - 9 } as u32;
    (yoe + era * 400 + i64::from(m <= 2), m, d)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days() {
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(19_723), (2024, 1, 1));
        assert_eq!(civil(11_016), (2000, 2, 29));
    }
}

inert_fixture_does_not_build!();
