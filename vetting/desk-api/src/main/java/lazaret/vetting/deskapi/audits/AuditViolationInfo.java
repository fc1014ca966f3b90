package lazaret.vetting.deskapi.audits;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A statement that versions violate criteria.
///
/// @param peer the name of the import; null for a decision of this server
/// @param versions the requirement that the violation names
/// @param criteria the criteria that are violated
/// @param who the persons who made the statement
/// @param notes the notes of the statement; null if it has none
/// @param namesVersion whether the violation names the requested version and a requested criterion
/// @param contradicts an audit or exemption of a version that the violation names; null if there is
///   none
public record AuditViolationInfo(
    @Nullable String peer,
    String versions,
    List<String> criteria,
    List<String> who,
    @Nullable String notes,
    boolean namesVersion,
    @Nullable AuditStepInfo contradicts) {
  public AuditViolationInfo {
    criteria = List.copyOf(criteria);
    who = List.copyOf(who);
  }
}
