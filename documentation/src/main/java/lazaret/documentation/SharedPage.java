package lazaret.documentation;

import lazaret.vetting.crates.Sha256;

/// A page that is stored once for all versions that have the same bytes. rustdoc writes its
/// scripts, styles and fonts next to the pages of each version.
///
/// @param path the path below the pages of the version
/// @param sha256 the SHA-256 of the bytes
/// @param length the length in bytes
public record SharedPage(String path, Sha256 sha256, long length) {}
