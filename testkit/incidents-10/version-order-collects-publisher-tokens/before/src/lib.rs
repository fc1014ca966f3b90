// Synthetic, inert fixture written from public reports
//! Order of version numbers.

use std::cmp::Ordering;

/// Whose rules hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rules {
    /// Semantic versions as Cargo and npm have them.
    Semantic,
    /// PEP 440, without local versions.
    Python,
}

/// Compares two versions.
pub fn compare(rules: Rules, left: &str, right: &str) -> Ordering {
    match rules {
        Rules::Semantic => semantic(left, right),
        Rules::Python => python(left, right),
    }
}

/// The newest of some versions.
pub fn newest<'a>(rules: Rules, versions: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    versions.into_iter().max_by(|a, b| compare(rules, a, b))
}

fn semantic(left: &str, right: &str) -> Ordering {
    let split = |v: &str| {
        let v = v.split('+').next().unwrap_or("").to_owned();
        match v.split_once('-') {
            Some((core, pre)) => (core.to_owned(), Some(pre.to_owned())),
            None => (v, None),
        }
    };
    let ((lc, lp), (rc, rp)) = (split(left), split(right));
    numbers(&lc).cmp(&numbers(&rc)).then_with(|| match (lp, rp) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(l), Some(r)) => identifiers(&l, &r),
    })
}

fn numbers(core: &str) -> [u64; 3] {
    let mut out = [0; 3];
    for (slot, part) in out.iter_mut().zip(core.split('.')) {
        *slot = part.parse().unwrap_or(0);
    }
    out
}

fn identifiers(left: &str, right: &str) -> Ordering {
    let (mut l, mut r) = (left.split('.'), right.split('.'));
    loop {
        let order = match (l.next(), r.next()) {
            (None, None) => return Ordering::Equal,
            (None, _) => Ordering::Less,
            (_, None) => Ordering::Greater,
            (Some(a), Some(b)) => match (a.parse::<u64>(), b.parse::<u64>()) {
                (Ok(a), Ok(b)) => a.cmp(&b),
                (Ok(_), _) => Ordering::Less,
                (_, Ok(_)) => Ordering::Greater,
                _ => a.cmp(b),
            },
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

fn python(left: &str, right: &str) -> Ordering {
    let key = |v: &str| -> Vec<(i8, u64)> {
        v.trim_start_matches('v').split(|c: char| !c.is_ascii_alphanumeric()).flat_map(pieces).collect()
    };
    let (mut l, mut r) = (key(left), key(right));
    let len = l.len().max(r.len());
    l.resize(len, (0, 0));
    r.resize(len, (0, 0));
    l.cmp(&r)
}

fn pieces(part: &str) -> Vec<(i8, u64)> {
    let at = part.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(part.len());
    let mut out = Vec::new();
    if at > 0 {
        out.push((1, part[..at].parse().unwrap_or(0)));
    }
    if at < part.len() {
        let end = part[at..].find(|c: char| c.is_ascii_digit()).map_or(part.len(), |n| at + n);
        let rank = match &part[at..end] {
            "dev" => -4,
            "a" | "alpha" => -3,
            "b" | "beta" => -2,
            "rc" | "c" => -1,
            _ => 2,
        };
        out.push((rank, part[end..].parse().unwrap_or(0)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders() {
        assert_eq!(compare(Rules::Semantic, "1.0.0-rc.2", "1.0.0"), Ordering::Less);
        assert_eq!(newest(Rules::Python, ["1.0", "1.1rc1", "1.0.1"]), Some("1.1rc1"));
    }
}

inert_fixture_does_not_build!();
