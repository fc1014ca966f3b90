package lazaret.sbom;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import org.jspecify.annotations.Nullable;

/// The circumstances under which an SBOM was made.
///
/// @param program the version of the program that makes it
/// @param against the gate or the feeds that were used: `the gate at http://127.0.0.1:7080`
/// @param unchecked the checks that were not possible, in words; empty if all were made
/// @param feedWarnings the warnings about the feeds
/// @param timestamp the time that the document states; null for none
public record SbomContext(
    String program,
    String against,
    List<String> unchecked,
    List<ReasonInfo> feedWarnings,
    @Nullable Instant timestamp) {
  /// Copies the lists.
  public SbomContext {
    unchecked = List.copyOf(unchecked);
    feedWarnings = List.copyOf(feedWarnings);
  }

  /// Returns the time that a document states.
  ///
  /// @param named the time of the option; null if it was not given
  /// @param epoch the value of `SOURCE_DATE_EPOCH`, in seconds since 1970; empty for none
  /// @return the time; null if neither is given
  /// @throws MalformedException if the text is not a time
  public static @Nullable Instant timestamp(@Nullable String named, String epoch) {
    try {
      if (named != null) {
        return Instant.parse(named);
      }
      return epoch.isEmpty() ? null : Instant.ofEpochSecond(Long.parseLong(epoch));
    } catch (DateTimeException | NumberFormatException e) {
      throw new MalformedException(
          named == null
              ? "cannot use '%s' for SOURCE_DATE_EPOCH: expected a number of seconds"
                  .formatted(Excerpt.of(epoch))
              : "cannot use '%s' for --timestamp: expected a time like 2027-01-31T12:00:00Z"
                  .formatted(Excerpt.of(named)),
          e);
    }
  }
}
