// Synthetic, inert fixture written from public reports
use crate::{literal, HasNul};

/// A literal of type `text[]`.
pub fn array_literal<S: AsRef<str>>(items: &[S]) -> Result<String, HasNul> {
    let mut body = String::from("{");
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            body.push(',');
        }
        body.push('"');
        for c in item.as_ref().chars() {
            if c == '"' || c == '\\' {
                body.push('\\');
            }
            body.push(c);
        }
        body.push('"');
    }
    body.push('}');
    Ok(format!("{}::text[]", literal(&body)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrays() {
        assert_eq!(array_literal(&["a", "b c"]).unwrap(), "'{\"a\",\"b c\"}'::text[]");
        assert_eq!(array_literal::<&str>(&[]).unwrap(), "'{}'::text[]");
    }
}
