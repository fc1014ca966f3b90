package lazaret.vetting.desk.audits;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import lazaret.vetting.MalformedException;
import lazaret.vetting.audit.files.Criteria;
import lazaret.vetting.audit.files.Exemption;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.desk.decisions.ApprovalCheck;
import lazaret.vetting.desk.decisions.DecisionOrder;
import lazaret.vetting.desk.decisions.DecisionReport;
import lazaret.vetting.desk.decisions.DecisionService;
import lazaret.vetting.desk.decisions.ReadingCheck;
import lazaret.vetting.desk.requests.RequesterIndex;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.serving.VersionLookup;
import lazaret.vetting.gate.serving.WantedVersion;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.policy.EvidencePolicy;

/// The import of a project's exemptions as exemptions of the gate. Each is bound to the bytes in
/// the index, lasts as long as the policy lets an exemption last, and is reported as an expiring
/// decision. The exemptions of cargo-vet never expire.
final class ExemptionImporter {
  private final GateContext parts;
  private final Gate gate;
  private final DecisionService.Settlement settlement;
  private final String peer;
  private final String by;

  /// An exemption asserts no review, so that nothing need be read. The person who asked for a
  /// version may not exempt it where the policy says so. The ledger is read once.
  private final ApprovalCheck approvals;

  private final List<String> warnings = new ArrayList<>();
  private int exempted;

  /// Creates an import.
  ///
  /// @param settlement the notices that are recorded if an exemption settles a request
  /// @param peer the nickname of the project
  /// @param by the name of the person who orders it
  ExemptionImporter(
      GateContext parts, Gate gate, DecisionService.Settlement settlement, String peer, String by) {
    this.parts = parts;
    this.gate = gate;
    this.settlement = settlement;
    this.peer = peer;
    this.by = by;
    this.approvals =
        new ApprovalCheck(ReadingCheck.NOTHING_READ, new RequesterIndex(parts.store()));
  }

  int exempted() {
    return exempted;
  }

  /// Returns the reasons why exemptions were not imported, one sentence for each.
  List<String> warnings() {
    return warnings;
  }

  /// Exempts the versions without a decision and those whose decision expired. Versions that a
  /// person refused stay refused.
  ///
  /// @param criteria the meaning of the criteria in the exemptions
  void take(SortedMap<String, List<Exemption>> exemptions, Criteria criteria) {
    EvidencePolicy rules = parts.rules().current().policy().evidence();
    Instant expires = parts.clock().instant().plus(rules.exemption());
    exemptions.forEach(
        (crate, list) -> {
          for (Exemption exemption : list) {
            if (!exemption.version().isPublished()) {
              continue;
            }
            if (criteria.covers(exemption.criteria(), rules.criteria())) {
              exempt(crate, exemption, expires);
            } else {
              left(crate, exemption, "it is exempted for less than the policy requires");
            }
          }
        });
  }

  private void exempt(String crate, Exemption exemption, Instant expires) {
    CrateName name;
    try {
      name = CrateName.parse(crate);
    } catch (MalformedException e) {
      left(crate, exemption, String.valueOf(e.getMessage()));
      return;
    }
    if (!(gate.finder().find(name, exemption.version().version())
        instanceof VersionLookup.Found found)) {
      left(crate, exemption, "the index does not have it");
      return;
    }
    Decision latest = found.file().decisions(exemption.version().version()).latest();
    if (latest != null && !latest.kind().serves()) {
      left(crate, exemption, "it was refused here");
    } else if (latest == null || !latest.approvesAt(parts.clock().instant())) {
      record(found, exemption, expires);
    }
  }

  private void record(VersionLookup.Found found, Exemption exemption, Instant expires) {
    String notes = Objects.requireNonNullElse(exemption.notes(), "");
    String reason =
        "exempted in the store of '%s'%s".formatted(peer, notes.isBlank() ? "" : ": " + notes);
    WantedVersion wanted =
        new WantedVersion(
            found.line().entry().id().name(),
            exemption.version().version(),
            found.line().entry().cksum(),
            null);
    DecisionReport report =
        new DecisionService(
                parts.store(), parts.clock(), gate.files(), gate.finder(), settlement, approvals)
            .decide(
                new DecisionOrder(
                    Decision.Kind.EXEMPT,
                    List.of(wanted),
                    by,
                    reason.substring(0, Math.min(reason.length(), Decision.MAX_REASON)),
                    expires,
                    List.of(),
                    List.of("audits:" + peer)));
    exempted += report.recorded().size();
    report.refused().forEach(r -> left(wanted.name().published(), exemption, r.detail()));
  }

  private void left(String crate, Exemption exemption, String why) {
    warnings.add("exemption of %s %s: %s".formatted(crate, exemption.version(), why));
  }
}
