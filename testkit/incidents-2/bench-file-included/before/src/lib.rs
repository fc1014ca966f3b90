// Synthetic, inert fixture written from public reports; see README
//! Sorting networks.

/// Sorts three numbers.
pub fn sort3(mut a: [u32; 3]) -> [u32; 3] {
    if a[0] > a[1] { a.swap(0, 1) }
    if a[1] > a[2] { a.swap(1, 2) }
    if a[0] > a[1] { a.swap(0, 1) }
    a
}

inert_fixture_does_not_build!();
