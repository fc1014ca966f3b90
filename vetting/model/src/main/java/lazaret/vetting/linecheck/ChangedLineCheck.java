package lazaret.vetting.linecheck;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.index.RefusedLine;
import lazaret.vetting.index.StoredLine;
import org.jspecify.annotations.Nullable;

/// The check of a line that upstream sends for a stored version under its SHA-256. Dependencies,
/// features and links of a published version never change. Its publish time and Rust version do not
/// change either, once the registry has stated them. A later addition by the registry is allowed.
public final class ChangedLineCheck {
  private static final int MOST_NAMED = 5;

  private ChangedLineCheck() {}

  /// Compares a line with the stored one.
  ///
  /// @return the refused line, with the moment at which a change of this version was first refused;
  ///   empty if the two lines agree
  public static Optional<RefusedLine> find(StoredLine held, IndexEntry fresh, Instant now) {
    if (fresh.equals(held.entry())) {
      return Optional.empty();
    }
    IndexLineFacts after = IndexLineFacts.of(fresh);
    List<String> changes = IndexLineFacts.of(held.entry()).changes(after);
    if (changes.isEmpty()) {
      return Optional.empty();
    }
    @Nullable RefusedLine before = held.refused();
    Instant since = before == null ? now : before.seenBy(now).since();
    return Optional.of(new RefusedLine(after.digest(), since, words(changes)));
  }

  /// Returns differences as one clause.
  static String words(List<String> changes) {
    int more = changes.size() - MOST_NAMED;
    return String.join("; ", changes.subList(0, Math.min(MOST_NAMED, changes.size())))
        + (more > 0 ? "; and " + more + " more" : "");
  }
}
