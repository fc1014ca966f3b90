package lazaret.vetting.advisory;

import java.time.Instant;
import java.time.LocalDate;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import org.jspecify.annotations.Nullable;

/// Where a feed's records come from and how current they are.
///
/// @param name the feed's name in this installation: lower-case letters, digits and dashes
/// @param format the form of its records
/// @param origin the address or file it was read from, for a person
/// @param asOf the last moment at which its source was known to say just this: when it was fetched,
///   confirmed to be unchanged, or made (as whoever imported it by hand states)
/// @param newest the date of the newest record, or null where no record has one
/// @param records how many advisories were taken
/// @param skipped how many records could not be read
public record FeedInfo(
    String name,
    FeedFormat format,
    String origin,
    Instant asOf,
    @Nullable LocalDate newest,
    int records,
    int skipped) {
  /// The longest name, in characters.
  public static final int MAX_NAME = 40;

  /// Checks the name.
  ///
  /// @throws MalformedException if it is empty, too long or has other characters
  public FeedInfo {
    boolean plain =
        name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    if (name.isEmpty() || name.length() > MAX_NAME || !plain) {
      throw new MalformedException(
          "cannot name a feed '%s': expected 1 to %d lower-case letters, digits and dashes"
              .formatted(Excerpt.of(name), MAX_NAME));
    }
  }

  /// Tells whether the feed gets old: a list of our own says what it says until it is changed.
  public boolean ages() {
    return format != FeedFormat.LOCAL;
  }

  /// Returns the same feed, known to be unchanged at a later moment.
  public FeedInfo confirmedAt(Instant moment) {
    return new FeedInfo(name, format, origin, moment, newest, records, skipped);
  }
}
