// Synthetic, inert fixture written from public reports; see README
//! Flattens nested line streams.

/// Splits every chunk of `chunks` at line ends.
pub fn flatten<'a>(chunks: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    chunks.into_iter().flat_map(str::lines).collect()
}

/// Counts the lines of all chunks.
pub fn count<'a>(chunks: impl IntoIterator<Item = &'a str>) -> usize {
    flatten(chunks).len()
}

inert_fixture_does_not_build!();
