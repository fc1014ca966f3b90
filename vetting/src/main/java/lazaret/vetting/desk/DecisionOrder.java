package lazaret.vetting.desk;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.ledger.Decision;
import org.jspecify.annotations.Nullable;

/// What a person wants to decide.
///
/// @param kind what is decided
/// @param wanted the versions it is decided on; where a SHA-256 is named it must be the held one
/// @param by the name of the token that decides
/// @param reason the person's own words; never blank
/// @param expires when an approval runs out; null where it does not
/// @param criteria what an approval vouches for
/// @param evidence what it rests on
public record DecisionOrder(
    Decision.Kind kind,
    List<Wanted> wanted,
    String by,
    String reason,
    @Nullable Instant expires,
    List<String> criteria,
    List<String> evidence) {
  /// Copies the lists.
  public DecisionOrder {
    wanted = List.copyOf(wanted);
    criteria = List.copyOf(criteria);
    evidence = List.copyOf(evidence);
  }
}
