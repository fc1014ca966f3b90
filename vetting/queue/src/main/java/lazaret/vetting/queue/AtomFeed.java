package lazaret.vetting.queue;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An Atom feed.
///
/// @param seed a text that is different for each feed of all gates and never changes; the id
///   follows from it
/// @param title one line
/// @param origin the scheme, host and port of the pages; null for a feed without addresses
/// @param page the path of the page with the same content, below which the feed is at `/feed`; null
///   if there is no page
/// @param updated the moment of the feed if it has no entry
/// @param entries the entries, the latest first; at most [#MAX_ENTRIES]
record AtomFeed(
    String seed,
    String title,
    @Nullable URI origin,
    @Nullable String page,
    Instant updated,
    List<AtomEntry> entries) {
  /// The maximum number of entries.
  static final int MAX_ENTRIES = 100;

  /// Copies the list and cuts it to [#MAX_ENTRIES].
  AtomFeed {
    entries = entries.stream().limit(MAX_ENTRIES).toList();
  }
}
