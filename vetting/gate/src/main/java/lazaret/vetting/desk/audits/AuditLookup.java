package lazaret.vetting.desk.audits;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import lazaret.vetting.audit.AuditSet;
import lazaret.vetting.audit.AuditVerdict;
import lazaret.vetting.audit.files.AuditEntry;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.evaluation.CrateStates;
import lazaret.vetting.gate.serving.VersionFinder;
import lazaret.vetting.gate.serving.VersionLookup;
import lazaret.vetting.index.StoredLine;

/// The look-up of audits for versions: own approvals and imported audits together, which build on
/// each other. A verdict leaves out the own approvals of versions that wait for a second person.
/// The rules alone determine whether a version is served.
public final class AuditLookup {
  private final Clock clock;
  private final CrateStates files;
  private final VersionFinder finder;

  public AuditLookup(Clock clock, CrateStates files, VersionFinder finder) {
    this.clock = clock;
    this.files = files;
    this.finder = finder;
  }

  /// Returns the audit verdict on a version for some criteria.
  public AuditVerdict verdict(CrateState file, StoredLine line, Collection<String> asked) {
    return verdict(line, asked, sufficient(file));
  }

  /// Returns the look-up of the verdict on each version of a crate for some criteria. The search is
  /// prepared once for all of them.
  public Function<StoredLine, AuditVerdict> verdicts(CrateState file, Collection<String> asked) {
    AuditSet.CombinedSearch search =
        audits().searchWith(file.crate().name(), sufficient(file), asked);
    return line -> search.verdict(line.entry().version(), line.entry().cksum());
  }

  /// Returns the audit verdict on a version that the index does not list, or may not list.
  public AuditVerdict verdict(CrateId id, Collection<String> asked) {
    List<AuditEntry> own = files.find(id.name()).map(this::sufficient).orElse(List.of());
    return audits().verdictWith(id.name(), id.version(), id.cksum(), own, asked);
  }

  private List<AuditEntry> sufficient(CrateState file) {
    return OwnAudits.sufficient(file, files.rulebook(), clock.instant());
  }

  private AuditVerdict verdict(StoredLine line, Collection<String> asked, List<AuditEntry> own) {
    return audits()
        .verdictWith(
            line.entry().id().name(), line.entry().version(), line.entry().cksum(), own, asked);
  }

  /// Returns the statements about a crate.
  public AuditReport report(CrateName name) {
    Instant now = clock.instant();
    List<AuditEntry> own = files.find(name).map(file -> OwnAudits.of(file, now)).orElse(List.of());
    return new AuditReport(name, audits().statements(name, own), null);
  }

  /// Returns the statements about a version and their result.
  ///
  /// @return the report, or empty if the index does not list the version
  public Optional<AuditReport> report(CrateName name, CrateVersion version) {
    if (!(finder.find(name, version) instanceof VersionLookup.Found found)) {
      return Optional.empty();
    }
    List<AuditEntry> own = OwnAudits.of(found.file(), clock.instant());
    List<AuditEntry> sufficient = sufficient(found.file());
    Set<String> names = new LinkedHashSet<>(audits().criteria().names());
    own.forEach(entry -> names.addAll(entry.criteria()));
    List<AuditReport.Reach> reached =
        names.stream()
            .map(one -> new AuditReport.Reach(one, verdict(found.line(), List.of(one), sufficient)))
            .toList();
    return Optional.of(
        new AuditReport(
            name,
            audits().statements(name, own),
            new AuditReport.OfVersion(found.line().entry().id(), reached)));
  }

  private AuditSet audits() {
    return files.rulebook().audits();
  }
}
