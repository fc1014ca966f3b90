// Synthetic, inert fixture written from public reports; see README
//! Under construction.

inert_fixture_does_not_build!();
