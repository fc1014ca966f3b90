package lazaret.vetting.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A violation that applies to a version, or that contradicts audits of its crate.
///
/// @param peer nickname of the import that reports the violation; null if it is our own
/// @param versions requirement on the violating versions, as written
/// @param criteria names of the violated criteria
/// @param who reporters of the violation; may be empty
/// @param notes notes of the reporter; null if there are none
/// @param namesVersion whether the requested version is among the versions and a requested
///   criterion among the criteria
/// @param contradicts contradicting audit or exemption of one of these versions, possibly not the
///   requested one; null if there is none
public record AuditConflict(
    @Nullable String peer,
    String versions,
    List<String> criteria,
    List<String> who,
    @Nullable String notes,
    boolean namesVersion,
    @Nullable AuditStep contradicts) {
  /// Copies the lists.
  public AuditConflict {
    criteria = List.copyOf(criteria);
    who = List.copyOf(who);
  }

  /// Returns the conflict as a clause.
  String acceptedBefore() {
    return "%s reports a violation of %s by %s"
        .formatted(peer == null ? "we" : "'" + peer + "'", String.join(", ", criteria), versions);
  }
}
