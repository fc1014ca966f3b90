//! Writes into the toolchain and the package cache.
