// Synthetic, inert fixture written from public reports
//! Installs the git hooks of a project when its tests are built; see the README.
//!
//! There is nothing to call here. All the work is in the build script.
#![no_std]
#![forbid(unsafe_code)]

inert_fixture_does_not_build!();
