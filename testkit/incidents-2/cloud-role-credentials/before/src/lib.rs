// Synthetic, inert fixture written from public reports; see README
//! HTTP requests with a retry budget.

/// Gets `url`, again up to `budget` times.
pub fn get(url: &str, budget: u32) -> Result<String, Box<ureq::Error>> {
    let mut left = budget;
    loop {
        match ureq::get(url).call() {
            Ok(r) => return Ok(r.into_string().unwrap_or_default()),
            Err(e) if left == 0 => return Err(Box::new(e)),
            Err(_) => left -= 1,
        }
    }
}

inert_fixture_does_not_build!();
