// Synthetic, inert fixture written from public reports
/// The password of a machine in the text of a netrc file.
pub fn password(text: &str, host: &str) -> Option<String> {
    let mut words = text.split_whitespace();
    let mut here = false;
    while let Some(word) = words.next() {
        match word {
            "machine" => here = words.next() == Some(host),
            "default" => here = true,
            "password" => {
                let value = words.next()?;
                if here {
                    return Some(value.to_string());
                }
            }
            "login" | "account" => {
                words.next();
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    #[test]
    fn of_a_machine() {
        let text = "machine a.example.com login x password one\nmachine b.example.com password two";
        assert_eq!(super::password(text, "b.example.com").as_deref(), Some("two"));
        assert_eq!(super::password(text, "c.example.com"), None);
    }
}
