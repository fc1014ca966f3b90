package lazaret.vetting.audit;

import java.util.List;
import lazaret.vetting.audit.files.VetVersion;
import org.jspecify.annotations.Nullable;

/// One step of the path to a version: an entry that certifies the criterion.
///
/// @param kind kind of the entry
/// @param peer nickname of the import that it is from; null if it is our own
/// @param from base version; null if the entry is about the whole version
/// @param to version that the step leads to
/// @param who auditors; may be empty
public record AuditStep(
    Kind kind, @Nullable String peer, @Nullable VetVersion from, VetVersion to, List<String> who) {
  /// The kinds of entries, in the order in which the search prefers them among equals.
  public enum Kind {
    /// An audit, full or delta.
    AUDIT,
    /// A wildcard audit.
    WILDCARD,
    /// A trusted publisher.
    TRUSTED,
    /// An exemption.
    EXEMPTION,
    /// A version that was audited under another number.
    UNPUBLISHED
  }

  /// Copies the list.
  public AuditStep {
    who = List.copyOf(who);
  }
}
