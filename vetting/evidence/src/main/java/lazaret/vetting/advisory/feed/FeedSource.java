package lazaret.vetting.advisory.feed;

import java.time.Instant;
import lazaret.vetting.advisory.FeedFormat;
import org.jspecify.annotations.Nullable;

/// The name, format, origin and time of a feed that will be read.
///
/// @param name name of the feed in this installation
/// @param format format of its records; null if it is detected from the bytes
/// @param origin address or file of the feed, for a person
/// @param asOf time at which the source had this content
public record FeedSource(String name, @Nullable FeedFormat format, String origin, Instant asOf) {}
