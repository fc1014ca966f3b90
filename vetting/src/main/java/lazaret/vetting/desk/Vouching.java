package lazaret.vetting.desk;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lazaret.vetting.audit.AuditConflict;
import lazaret.vetting.audit.AuditEntry;
import lazaret.vetting.audit.AuditSet;
import lazaret.vetting.audit.AuditVerdict;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.index.HeldLine;

/// Who vouches for versions, and for what: our approvals and other people's audits together, which
/// build on each other. Not whether they are served; that is for the rules.
final class Vouching {
  private final GateParts parts;
  private final Gate gate;

  Vouching(GateParts parts, Gate gate) {
    this.parts = parts;
    this.gate = gate;
  }

  /// Tells whether a version meets criteria.
  AuditVerdict verdict(CaseFile file, HeldLine line, Collection<String> asked) {
    return verdict(line, asked, OwnAudits.of(file, parts.clock().instant()));
  }

  private AuditVerdict verdict(HeldLine line, Collection<String> asked, List<AuditEntry> own) {
    return gate.files()
        .rulebook()
        .audits()
        .verdictWith(
            line.entry().id().name(), line.entry().version(), line.entry().cksum(), own, asked);
  }

  /// Says in a clause why a version does not meet criteria; empty where it does.
  static Optional<String> lack(AuditVerdict verdict, Collection<String> asked) {
    String criteria = String.join(", ", asked);
    return switch (verdict) {
      case AuditVerdict.Fully _ -> Optional.empty();
      case AuditVerdict.NotVetted none ->
          Optional.of("nobody vouches for it for " + String.join(", ", none.missing()));
      case AuditVerdict.Partially _ ->
          Optional.of("what vouches for it for " + criteria + " builds on an exemption");
      case AuditVerdict.WithExemptions _ ->
          Optional.of("it is exempted from " + criteria + ", which nobody read it for");
      case AuditVerdict.OtherBytes other ->
          Optional.of("the audits are of sha256 " + other.seen().hex());
      case AuditVerdict.Violated violated ->
          Optional.of(
              violated.conflicts().stream()
                  .map(Vouching::told)
                  .distinct()
                  .limit(3)
                  .collect(Collectors.joining("; ")));
    };
  }

  private static String told(AuditConflict conflict) {
    String peer = conflict.peer();
    return "%s reports a violation of %s by %s"
        .formatted(
            peer == null ? "we" : "'" + peer + "'",
            String.join(", ", conflict.criteria()),
            conflict.versions());
  }

  /// Returns what is said of a crate.
  AuditReport report(CrateName name) {
    Instant now = parts.clock().instant();
    List<AuditEntry> own =
        gate.files().held(name).map(file -> OwnAudits.of(file, now)).orElse(List.of());
    return new AuditReport(name, audits().statements(name, own), null);
  }

  /// Returns what is said of a version.
  ///
  /// @return empty where the index does not have it
  Optional<AuditReport> report(CrateName name, CrateVersion version) {
    if (!(gate.find(name, version) instanceof Gate.Finding.Line found)) {
      return Optional.empty();
    }
    List<AuditEntry> own = OwnAudits.of(found.file(), parts.clock().instant());
    Set<String> names = new LinkedHashSet<>(audits().criteria().names());
    own.forEach(entry -> names.addAll(entry.criteria()));
    List<AuditReport.Reach> reached =
        names.stream()
            .map(one -> new AuditReport.Reach(one, verdict(found.line(), List.of(one), own)))
            .toList();
    return Optional.of(
        new AuditReport(
            name,
            audits().statements(name, own),
            new AuditReport.OfVersion(found.line().entry().id(), reached)));
  }

  private AuditSet audits() {
    return gate.files().rulebook().audits();
  }
}
