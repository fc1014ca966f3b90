package lazaret.vetting.desk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lazaret.vetting.audit.AuditEntry;
import lazaret.vetting.audit.AuditKind;
import lazaret.vetting.audit.Criteria;
import lazaret.vetting.audit.VetVersion;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.index.HeldLine;
import lazaret.vetting.ledger.Decision;

/// Our own approvals in cargo-vet's words.
final class OwnAudits {
  private OwnAudits() {}

  /// Returns the approvals of a crate that hold at a moment and are of the bytes that its index
  /// names now. Exemptions are none: nobody read what they exempt.
  static List<AuditEntry> of(CaseFile file, Instant now) {
    Set<CrateVersion> refused = new HashSet<>();
    for (HeldLine line : file.lines()) {
      if (file.denied(line.entry().version())) {
        refused.add(line.entry().version());
      }
    }
    List<AuditEntry> own = new ArrayList<>();
    for (HeldLine line : file.lines()) {
      for (Decision decision : file.standing(line.entry().version()).holdingAt(now)) {
        CrateVersion base = decision.delta();
        if (decision.kind() == Decision.Kind.APPROVE
            && decision.id().cksum().equals(line.entry().cksum())
            && (base == null || !refused.contains(base))) {
          own.add(entry(decision));
        }
      }
    }
    return own;
  }

  /// Returns an approval as an audit, of the difference where it was given for one. What it vouches
  /// for is `safe-to-deploy` where it does not say: the gate hands it out.
  static AuditEntry entry(Decision decision) {
    VetVersion version = VetVersion.of(decision.id().version());
    CrateVersion base = decision.delta();
    List<String> stated = decision.criteria();
    return new AuditEntry(
        List.of(decision.by()),
        stated.isEmpty() ? List.of(Criteria.SAFE_TO_DEPLOY) : stated,
        base == null
            ? new AuditKind.Full(version)
            : new AuditKind.Delta(VetVersion.of(base), version),
        true,
        decision.reason(),
        List.of());
  }
}
