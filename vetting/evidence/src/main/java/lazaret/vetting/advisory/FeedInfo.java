package lazaret.vetting.advisory;

import java.time.Instant;
import java.time.LocalDate;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import org.jspecify.annotations.Nullable;

/// The origin and the age of a feed.
///
/// @param name name of the feed in this installation: lower-case letters, digits and dashes
/// @param format format of its records
/// @param origin address or file that it was read from, for a person
/// @param asOf last time at which the source is known to have had this content. It is the time of a
///   fetch, a confirmation that nothing changed, or the creation date that a person stated at an
///   import
/// @param newest date of the newest record; null if no record has one
/// @param records number of advisories read
/// @param skipped number of records that could not be read
public record FeedInfo(
    String name,
    FeedFormat format,
    String origin,
    Instant asOf,
    @Nullable LocalDate newest,
    int records,
    int skipped) {
  /// The maximum length of a name, in characters.
  public static final int MAX_NAME = 40;

  /// Checks the name.
  ///
  /// @throws MalformedException if the name is empty, too long or has other characters
  public FeedInfo {
    boolean plain =
        name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    if (name.isEmpty() || name.length() > MAX_NAME || !plain) {
      throw new MalformedException(
          "cannot name a feed '%s': expected 1 to %d lower-case letters, digits and dashes"
              .formatted(Excerpt.of(name), MAX_NAME));
    }
  }

  /// Returns whether the feed can become old. A local list is valid until it is changed.
  public boolean ages() {
    return format != FeedFormat.LOCAL;
  }

  /// Returns the same feed, confirmed as unchanged at a later time.
  public FeedInfo confirmedAt(Instant moment) {
    return new FeedInfo(name, format, origin, moment, newest, records, skipped);
  }
}
