package lazaret.toolchain.manifest;

import lazaret.vetting.crates.Sha256;

/// A file of a component.
///
/// @param path the path below the source of toolchains, which begins with `dist/`
/// @param sha256 the SHA-256 of the file, as the manifest states it
public record ComponentFile(String path, Sha256 sha256) {}
