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
/// @param bulk whether a lockfile, a requirement or a plan chose the versions, so that the person
///   named none of them: such an approval, like every exemption, lifts no refusal
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
    @Nullable String token,
    boolean bulk) {
  /// An order about whole versions that waives nothing.
  public DecisionOrder(
      Decision.Kind kind,
      List<Wanted> wanted,
      String by,
      String reason,
      @Nullable Instant expires,
      List<String> criteria,
      List<String> evidence) {
    this(kind, wanted, by, reason, expires, criteria, evidence, null, List.of(), null, false);
  }

  /// Returns whether the order may serve versions that a person denied or revoked.
  boolean lifts() {
    return kind == Decision.Kind.APPROVE && !bulk;
  }

  /// Copies the lists.
  public DecisionOrder {
    wanted = List.copyOf(wanted);
    criteria = List.copyOf(criteria);
    evidence = List.copyOf(evidence);
    waives = List.copyOf(waives);
  }
}
