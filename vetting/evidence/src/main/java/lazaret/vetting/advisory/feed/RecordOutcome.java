package lazaret.vetting.advisory.feed;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.advisory.Advisory;
import org.jspecify.annotations.Nullable;

/// The result of reading one record of a feed.
public sealed interface RecordOutcome {
  /// The record was read.
  ///
  /// @param id id of the record
  /// @param modified time of its last change; null if it has none
  /// @param advisories one advisory for each crate it names
  record Accepted(String id, @Nullable Instant modified, List<Advisory> advisories)
      implements RecordOutcome {}

  /// The record is a template or not about crates.
  record OtherEcosystem() implements RecordOutcome {}

  /// The record cannot be read.
  ///
  /// @param why expected and found content, in lower case, printable
  record Malformed(String why) implements RecordOutcome {}
}
