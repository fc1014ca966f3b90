package lazaret.vetting.deskapi.requests;

import java.net.URI;
import lazaret.vetting.deskapi.binding.InQuery;
import org.jspecify.annotations.Nullable;

/// A request for an Atom feed.
///
/// @param origin the scheme, host and port of the addresses in the feed; null for a feed without
///   addresses
public record AtomFeedRequest(@InQuery @Nullable URI origin) {}
