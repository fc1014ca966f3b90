package lazaret.vetting.desk.decisions;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.gate.serving.WantedVersion;
import lazaret.vetting.ledger.Decision;
import org.jspecify.annotations.Nullable;

/// An order to record decisions of a person.
///
/// @param kind the kind of the decisions
/// @param wanted the versions; a named SHA-256 must be the stored one
/// @param by the person who decides
/// @param reason the reason in the person's own words; never blank
/// @param expires the expiry; null for none, or for the default of the policy on an exemption
/// @param criteria the criteria that an approval certifies
/// @param evidence the evidence of the decision
/// @param delta the base version of a delta review; null if the whole version was read
/// @param waives the ids of advisories and codes of signals that are knowingly waived
/// @param bulk whether a lockfile, a requirement or a plan selected the versions. Such an approval,
///   like every exemption, lifts no refusal
/// @param seen the number of decisions on the only version that the person saw; null if the order
///   does not name it
public record DecisionOrder(
    Decision.Kind kind,
    List<WantedVersion> wanted,
    Decider by,
    String reason,
    @Nullable Instant expires,
    List<String> criteria,
    List<String> evidence,
    @Nullable CrateVersion delta,
    List<String> waives,
    boolean bulk,
    @Nullable Integer seen) {
  /// Creates an order about whole versions that waives nothing.
  public DecisionOrder(
      Decision.Kind kind,
      List<WantedVersion> wanted,
      String by,
      String reason,
      @Nullable Instant expires,
      List<String> criteria,
      List<String> evidence) {
    this(
        kind,
        wanted,
        new Decider(by, null, null),
        reason,
        expires,
        criteria,
        evidence,
        null,
        List.of(),
        false,
        null);
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
