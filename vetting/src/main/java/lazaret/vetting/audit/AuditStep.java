package lazaret.vetting.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One step of the way from nothing to a version: an entry that carries the criterion on.
///
/// @param kind what sort of entry it is
/// @param peer the nickname of the import it comes from; null for what is our own
/// @param from the version before; null where the entry speaks of the whole version
/// @param to the version that the step leads to
/// @param who the auditors; may be empty
public record AuditStep(
    Kind kind, @Nullable String peer, @Nullable VetVersion from, VetVersion to, List<String> who) {
  /// The sorts of entries, in the order in which the search prefers them among equals.
  public enum Kind {
    /// An audit, full or delta.
    AUDIT,
    /// A wildcard audit.
    WILDCARD,
    /// A publisher that we trust.
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
