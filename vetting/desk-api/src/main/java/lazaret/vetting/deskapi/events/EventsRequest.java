package lazaret.vetting.deskapi.events;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.deskapi.binding.InQuery;
import org.jspecify.annotations.Nullable;

/// A request for entries of the ledger. One call looks through a limited number of entries, so that
/// a page may be empty before the end is reached.
///
/// @param after the sequence after which entries are returned; null for 0
/// @param limit the largest number of entries, 1 to 10,000; null for 1,000
/// @param before the sequence before which entries are returned; null for no bound
/// @param latest whether the latest entries are returned, the newest first
/// @param only the kind of entries that are returned; null for all
/// @param name the crate that the entries concern; null for all entries
/// @param words a text in person, reason, detail, kind or version, regardless of case; null for all
///   entries
public record EventsRequest(
    @InQuery @Nullable Long after,
    @InQuery @Nullable Integer limit,
    @InQuery @Nullable Long before,
    @InQuery boolean latest,
    @InQuery @Nullable Kind only,
    @InQuery @Nullable CrateName name,
    @InQuery @Nullable String words) {
  /// Creates a request for all entries after a sequence, the oldest first.
  public EventsRequest(@Nullable Long after, @Nullable Integer limit) {
    this(after, limit, null, false, null, null, null);
  }

  /// The kinds of entries.
  public enum Kind {
    /// Decisions of persons.
    DECISIONS,
    /// Notices that a person must look at.
    ALARMS
  }
}
