package lazaret.bundle.format;

import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.crates.Sha256;

/// The header of a feed in a bundle statement.
///
/// @param info the origin and age of the feed
/// @param digest the SHA-256 over the lines of its records, with line breaks
public record FeedHeader(FeedInfo info, Sha256 digest) {}
