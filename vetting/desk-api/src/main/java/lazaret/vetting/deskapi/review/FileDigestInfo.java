package lazaret.vetting.deskapi.review;

import lazaret.vetting.crates.Sha256;

/// Size and SHA-256 of a file.
///
/// @param size the size in bytes
/// @param sha256 the SHA-256
public record FileDigestInfo(long size, Sha256 sha256) {}
