package lazaret.vetting.gate.store;

import lazaret.vetting.advisory.Feed;
import lazaret.vetting.index.Validators;

/// A feed in the form of the store.
///
/// @param feed the feed
/// @param validators the validators that its source gave for conditional requests
public record StoredFeed(Feed feed, Validators validators) {}
