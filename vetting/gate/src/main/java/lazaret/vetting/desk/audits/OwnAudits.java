package lazaret.vetting.desk.audits;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import lazaret.vetting.audit.files.AuditEntry;
import lazaret.vetting.audit.files.AuditKind;
import lazaret.vetting.audit.files.VetVersion;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.rules.Rulebook;
import org.jspecify.annotations.Nullable;

/// The conversion of the gate's own approvals to audits of cargo-vet.
final class OwnAudits {
  private OwnAudits() {}

  /// Returns the approvals of a crate that are in force at a moment for the bytes in the index.
  /// Exemptions and approvals without criteria certify nothing.
  static List<AuditEntry> of(CrateState file, Instant now) {
    return of(file, now, _ -> true);
  }

  /// Returns the approvals as [#of(CrateState, Instant)], without those of versions that wait for a
  /// second person.
  static List<AuditEntry> sufficient(CrateState file, Rulebook rulebook, Instant now) {
    return of(
        file,
        now,
        line -> !file.evaluate(line, rulebook, now).has(Reason.Code.SECOND_PERSON_NEEDED));
  }

  private static List<AuditEntry> of(
      CrateState file, Instant now, Predicate<StoredLine> isSufficient) {
    Set<CrateVersion> refused = new HashSet<>();
    for (StoredLine line : file.lines()) {
      if (file.denied(line.entry().version())) {
        refused.add(line.entry().version());
      }
    }
    List<AuditEntry> own = new ArrayList<>();
    for (StoredLine line : file.lines()) {
      List<Decision> holding =
          file.decisions(line.entry().version()).approvalsAt(now).stream()
              .filter(decision -> decision.id().cksum().equals(line.entry().cksum()))
              .toList();
      List<AuditEntry> entries = entries(holding, refused);
      if (!entries.isEmpty() && isSufficient.test(line)) {
        own.addAll(entries);
      }
    }
    return own;
  }

  /// Returns the approvals of one version as audits: one for each base and criteria, with all
  /// approvers and their evidence. An approver without criteria confirms those of the others. If no
  /// approver named any, there is no audit. A difference to a refused version is omitted: others
  /// cannot build on it, and cargo-vet considers it a contradiction of the whole crate.
  ///
  /// @param approvals the approvals of the same bytes, oldest first; exemptions are ignored
  /// @param refused the versions of the crate that are denied or revoked
  static List<AuditEntry> entries(List<Decision> approvals, Set<CrateVersion> refused) {
    List<Decision> given =
        approvals.stream().filter(decision -> decision.kind() == Decision.Kind.APPROVE).toList();
    Map<Claim, List<Decision>> claims = new LinkedHashMap<>();
    for (Decision decision : given) {
      CrateVersion base = decision.delta();
      if (!decision.criteria().isEmpty() && (base == null || !refused.contains(base))) {
        claims.computeIfAbsent(Claim.of(decision), _ -> new ArrayList<>()).add(decision);
      }
    }
    List<AuditEntry> entries = new ArrayList<>();
    claims.forEach(
        (claim, decisions) -> {
          List<Decision> all =
              given.stream().filter(d -> d.criteria().isEmpty() || decisions.contains(d)).toList();
          entries.add(
              new AuditEntry(
                  all.stream().map(Decision::by).distinct().toList(),
                  claim.criteria(),
                  claim.kind(decisions.getFirst()),
                  true,
                  remarks(all),
                  List.of()));
        });
    return entries;
  }

  /// The subject of an audit.
  ///
  /// @param base the base of a delta audit; null if the whole version was read
  /// @param criteria the certified criteria, sorted
  private record Claim(@Nullable CrateVersion base, List<String> criteria) {
    static Claim of(Decision decision) {
      return new Claim(decision.delta(), decision.criteria().stream().distinct().sorted().toList());
    }

    AuditKind kind(Decision decision) {
      VetVersion version = VetVersion.of(decision.id().version());
      return base == null
          ? new AuditKind.Full(version)
          : new AuditKind.Delta(VetVersion.of(base), version);
    }
  }

  private static String remarks(List<Decision> approvals) {
    if (approvals.size() == 1) {
      return remark(approvals.getFirst());
    }
    return approvals.stream()
        .map(
            d -> d.by() + (d.criteria().isEmpty() ? " (names no criteria)" : "") + ": " + remark(d))
        .collect(Collectors.joining("; "));
  }

  /// Returns the reason of a decision with its evidence.
  static String remark(Decision decision) {
    return decision.evidence().isEmpty()
        ? decision.reason()
        : "%s (evidence: %s)".formatted(decision.reason(), String.join(", ", decision.evidence()));
  }
}
