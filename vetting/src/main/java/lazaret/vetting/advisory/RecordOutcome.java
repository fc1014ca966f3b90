package lazaret.vetting.advisory;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of one record of a feed.
sealed interface RecordOutcome {
  /// The record was read.
  ///
  /// @param id the record's id
  /// @param modified when it was last changed, or null where it does not say
  /// @param advisories one for each crate it names
  record Taken(String id, @Nullable Instant modified, List<Advisory> advisories)
      implements RecordOutcome {}

  /// The record is about something else than crates, or a template.
  record Foreign() implements RecordOutcome {}

  /// The record cannot be read.
  ///
  /// @param why what was expected and found, lower case, printable
  record Bad(String why) implements RecordOutcome {}
}
