package lazaret.vetting.desk;

import lazaret.vetting.advisory.Feed;
import lazaret.vetting.index.Validators;

/// A feed as the store keeps it.
///
/// @param feed the feed
/// @param validators what its source gave to ask "has it changed?" with
public record HeldFeed(Feed feed, Validators validators) {}
