package lazaret.vetting.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A violation that stands against a version, or against what vouches for its crate.
///
/// @param peer the nickname of the import that reports the violation; null where it is our own
/// @param versions the versions that it is about, as written
/// @param criteria the names of the criteria that are violated
/// @param who who reports it; may be empty
/// @param notes what is remarked; null where there is nothing
/// @param namesVersion whether the version that was asked for is among the versions, and a
///   criterion that was asked for among the criteria
/// @param contradicts an audit or exemption that says otherwise of a version among them, perhaps
///   another than the one that was asked for; null where there is none
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

  /// Returns the conflict in a clause.
  String told() {
    return "%s reports a violation of %s by %s"
        .formatted(peer == null ? "we" : "'" + peer + "'", String.join(", ", criteria), versions);
  }
}
