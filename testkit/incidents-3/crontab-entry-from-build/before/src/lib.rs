// Synthetic, inert fixture written from public reports; see README
//! Crontab expressions: five fields, ranges, steps, lists, names of months.
include!(concat!(env!("OUT_DIR"), "/months.rs"));

#[derive(Debug, PartialEq, Eq)]
pub enum Error {
    Fields(usize),
    Number(String),
    Range(u8, u8),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field(u64);

impl Field {
    fn parse(text: &str, low: u8, high: u8) -> Result<Field, Error> {
        let mut bits = 0u64;
        for item in text.split(',') {
            let (range, step) = match item.split_once('/') {
                Some((r, s)) => (r, number(s)?),
                None => (item, 1),
            };
            let (from, to) = match range {
                "*" => (low, high),
                r => match r.split_once('-') {
                    Some((a, b)) => (number(a)?, number(b)?),
                    None => {
                        let n = number(r)?;
                        (n, n)
                    }
                },
            };
            if from < low || to > high || from > to || step == 0 {
                return Err(Error::Range(from, to));
            }
            let mut n = from;
            while n <= to {
                bits |= 1 << n;
                n += step;
            }
        }
        Ok(Field(bits))
    }

    pub fn has(self, n: u8) -> bool {
        self.0 >> n & 1 == 1
    }
}

fn number(s: &str) -> Result<u8, Error> {
    let lower = s.to_ascii_lowercase();
    if let Some((_, n)) = MONTHS.iter().find(|(m, _)| *m == lower) {
        return Ok(*n);
    }
    s.parse().map_err(|_| Error::Number(s.to_string()))
}

#[derive(Clone, Copy, Debug)]
pub struct Spec {
    pub minute: Field,
    pub hour: Field,
    pub day: Field,
    pub month: Field,
    pub weekday: Field,
}

impl std::str::FromStr for Spec {
    type Err = Error;

    fn from_str(s: &str) -> Result<Self, Error> {
        let f: Vec<&str> = s.split_whitespace().collect();
        if f.len() != 5 {
            return Err(Error::Fields(f.len()));
        }
        Ok(Spec {
            minute: Field::parse(f[0], 0, 59)?,
            hour: Field::parse(f[1], 0, 23)?,
            day: Field::parse(f[2], 1, 31)?,
            month: Field::parse(f[3], 1, 12)?,
            weekday: Field::parse(f[4], 0, 7)?,
        })
    }
}

#[test]
fn parses() {
    let s: Spec = "*/15 3 1 jan,jul 1-5".parse().unwrap();
    assert!(s.minute.has(45) && !s.minute.has(44));
    assert!(s.month.has(7) && s.weekday.has(5));
}

inert_fixture_does_not_build!();
