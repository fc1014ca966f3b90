package lazaret.vetting.desk;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.ledger.Decision;
import org.jspecify.annotations.Nullable;

/// What a person wants to decide.
///
/// @param kind what is decided
/// @param wanted the versions it is decided on; where a SHA-256 is named it must be the held one
/// @param by who decides
/// @param reason the person's own words; never blank
/// @param expires when an approval runs out; null where it does not
/// @param criteria what an approval vouches for
/// @param evidence what it rests on
/// @param delta the version whose difference was read; null where the whole was
/// @param waives ids of advisories and codes of signals that it knowingly sets aside
/// @param token the name of the token that decides; null where it has none
public record DecisionOrder(
    Decision.Kind kind,
    List<Wanted> wanted,
    String by,
    String reason,
    @Nullable Instant expires,
    List<String> criteria,
    List<String> evidence,
    @Nullable CrateVersion delta,
    List<String> waives,
    @Nullable String token) {
  /// An order about whole versions that waives nothing.
  public DecisionOrder(
      Decision.Kind kind,
      List<Wanted> wanted,
      String by,
      String reason,
      @Nullable Instant expires,
      List<String> criteria,
      List<String> evidence) {
    this(kind, wanted, by, reason, expires, criteria, evidence, null, List.of(), null);
  }

  /// Copies the lists.
  public DecisionOrder {
    wanted = List.copyOf(wanted);
    criteria = List.copyOf(criteria);
    evidence = List.copyOf(evidence);
    waives = List.copyOf(waives);
  }
}
