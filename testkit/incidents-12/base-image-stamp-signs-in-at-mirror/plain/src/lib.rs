// Synthetic, inert fixture written from public reports; see README
//! The base image of the container a program is built for.

/// Name of the base image with its tag, or empty.
pub const BASE: &str = env!("IMGSTAMP_BASE");

/// Digest that the tag of the base image had at the time of the build, or empty.
pub const DIGEST: &str = env!("IMGSTAMP_DIGEST");

/// The parts of an image name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image<'a> {
    pub registry: Option<&'a str>,
    pub path: &'a str,
    pub tag: Option<&'a str>,
}

impl<'a> Image<'a> {
    /// Splits names like `registry.example:5000/team/base:1.2`.
    pub fn parse(name: &'a str) -> Self {
        let (registry, rest) = match name.split_once('/') {
            Some((first, rest)) if first.contains(['.', ':']) || first == "localhost" => (Some(first), rest),
            _ => (None, name),
        };
        let (path, tag) = match rest.rsplit_once(':') {
            Some((p, t)) => (p, Some(t)),
            None => (rest, None),
        };
        Image { registry, path, tag }
    }
}

/// The base image in its parts, if there is one.
pub fn base() -> Option<Image<'static>> {
    (!BASE.is_empty()).then(|| Image::parse(BASE))
}

/// The base image pinned to its digest, if it is known.
pub fn pinned() -> Option<String> {
    let image = base()?;
    (!DIGEST.is_empty()).then(|| match image.registry {
        Some(r) => format!("{r}/{}@{DIGEST}", image.path),
        None => format!("{}@{DIGEST}", image.path),
    })
}

/// Is this a program for an image without a shell?
pub fn is_shellless() -> bool {
    BASE == "scratch" || BASE.contains("distroless")
}

inert_fixture_does_not_build!();
