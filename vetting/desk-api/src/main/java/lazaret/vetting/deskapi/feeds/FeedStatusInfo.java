package lazaret.vetting.deskapi.feeds;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// One feed, with its last failure.
///
/// @param name the name of the feed
/// @param format the format of the feed
/// @param origin the address or file
/// @param asOf the time to which the feed is complete
/// @param newest the date of the newest record; null if no record has a date
/// @param records the number of records
/// @param skipped the number of records that were not understood
/// @param failure the last failure; null if the last refresh succeeded
public record FeedStatusInfo(
    String name,
    Format format,
    String origin,
    Instant asOf,
    @Nullable LocalDate newest,
    long records,
    long skipped,
    @Nullable FeedFailureInfo failure) {
  /// The formats of feeds.
  public enum Format {
    /// A RustSec advisory database.
    RUSTSEC,
    /// Records of OSV.
    OSV,
    /// A list of this site.
    LOCAL
  }
}
