package lazaret.vetting.review;

import lazaret.vetting.crates.Sha256;

/// Size and digest of one file of an artifact.
///
/// @param size size in bytes
/// @param sha256 SHA-256 of the content
public record FileDigest(long size, Sha256 sha256) {}
