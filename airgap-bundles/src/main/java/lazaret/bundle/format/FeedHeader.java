package lazaret.bundle.format;

import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.crates.Sha256;

/// What a bundle says of a feed whose records it brings.
///
/// @param info where the feed came from and how current it is
/// @param digest over the lines of its records, line breaks included
public record FeedHeader(FeedInfo info, Sha256 digest) {}
