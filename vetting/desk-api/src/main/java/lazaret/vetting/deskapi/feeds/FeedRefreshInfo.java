package lazaret.vetting.deskapi.feeds;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The result of refreshing one feed.
public sealed interface FeedRefreshInfo {
  /// The feed was imported.
  ///
  /// @param name the name of the feed
  /// @param format the format of the feed
  /// @param origin the address or file
  /// @param asOf the time to which the feed is complete
  /// @param newest the date of the newest record; null if no record has a date
  /// @param records the number of records
  /// @param skipped the number of records that were not understood
  /// @param warnings the records that were not understood, one clause each
  /// @param reevaluated the versions whose verdicts changed
  record Updated(
      String name,
      FeedStatusInfo.Format format,
      String origin,
      Instant asOf,
      @Nullable LocalDate newest,
      long records,
      long skipped,
      List<String> warnings,
      ReevaluationInfo reevaluated)
      implements FeedRefreshInfo {
    public Updated {
      warnings = List.copyOf(warnings);
    }
  }

  /// The refresh failed; the previous records stay in force.
  ///
  /// @param name the name of the feed
  /// @param refused the cause in one clause
  record Refused(String name, String refused) implements FeedRefreshInfo {}
}
