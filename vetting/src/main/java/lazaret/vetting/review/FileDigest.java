package lazaret.vetting.review;

import lazaret.vetting.crates.Sha256;

/// One file of an artefact without its content.
///
/// @param size in bytes
/// @param sha256 of the content
public record FileDigest(long size, Sha256 sha256) {}
