// Synthetic, inert fixture written from public reports; see README
/// The password for a machine.
pub fn password<'a>(text: &'a str, host: &str) -> Option<&'a str> {
    let mut words = text.split_whitespace();
    let mut here = false;
    while let Some(word) = words.next() {
        match word {
            "machine" => here = words.next()? == host,
            "default" => here = true,
            "password" => {
                let value = words.next()?;
                if here {
                    return Some(value);
                }
            }
            _ => {}
        }
    }
    None
}

#[test]
fn finds() {
    assert_eq!(password("machine a login x password 1\nmachine b password 2", "b"), Some("2"));
}
