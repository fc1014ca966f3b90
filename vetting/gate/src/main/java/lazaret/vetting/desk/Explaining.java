package lazaret.vetting.desk;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.VersionReport.FetchFailed;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.CapabilityDelta;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.review.DependencyChange;
import org.jspecify.annotations.Nullable;

/// The builder of reports on crates and versions.
final class Explaining {
  private final GateParts parts;
  private final Gate gate;

  Explaining(GateParts parts, Gate gate) {
    this.parts = parts;
    this.gate = gate;
  }

  /// Returns the current report on all versions of a crate.
  CrateReport crate(CaseFile file) {
    Hearing hearing = file.under(gate.files().rulebook());
    Instant now = parts.clock().instant();
    List<CrateReport.Line> lines =
        file.lines().stream()
            .map(
                line -> {
                  Verdict verdict = hearing.judge(line, now);
                  return new CrateReport.Line(
                      line.entry().version(),
                      line.entry().cksum(),
                      verdict,
                      hearing.rulebook().policy().serves(verdict),
                      line.entry().yanked(),
                      parts.store().holdsArtefact(line.entry().cksum()));
                })
            .toList();
    return new CrateReport(
        file.crate().name(),
        file.freshness(),
        lines,
        file.crate().omitted(),
        hearing.newestServed(now).orElse(null));
  }

  /// Explains one version as it is now, with all uses and requests until now. Empty if the index
  /// does not list it.
  ///
  /// @throws UnavailableException if it is not stored and upstream cannot be asked
  Optional<VersionReport> version(CrateName name, CrateVersion version) {
    gate.journal().flush();
    return gate.finder().listed(name, version).map(this::version);
  }

  /// Returns the current report on one version.
  VersionReport version(VersionLookup.Found found) {
    StoredLine line = found.line();
    CaseFile file = found.file();
    Hearing hearing = file.under(gate.files().rulebook());
    Instant now = parts.clock().instant();
    Verdict verdict = hearing.judge(line, now);
    CrateVersion version = line.entry().version();
    return new VersionReport(
        line.entry().id(),
        verdict,
        hearing.rulebook().policy().serves(verdict),
        line,
        file.findings(line.entry().cksum()).orElse(null),
        hearing.gains(line, now),
        parts.store().holdsArtefact(line.entry().cksum()),
        fetchFailed(line.entry().id()),
        gate.files().head(),
        gate.files().byBundle(line.entry().cksum()),
        parts.store().decisions(file.crate().name()).stream()
            .filter(d -> d.id().version().equals(version))
            .toList(),
        parts.store().request(file.crate().name(), version).orElse(null),
        hearing.instead(version, now, c -> !gate.admission().refused(c)).orElse(null),
        gate.pinned(file.crate().name()),
        file.freshness().checkedAt());
  }

  private @Nullable FetchFailed fetchFailed(CrateId id) {
    if (parts.store().holdsArtefact(id.cksum()) || gate.files().byBundle(id.cksum())) {
      return null;
    }
    return gate.admission()
        .lastMiss(id.cksum())
        .map(m -> new FetchFailed(m.at(), m.outcome().code(), m.outcome().detail(id)))
        .orElse(null);
  }

  /// Returns the report for a reviewer of one version.
  ReviewReport review(VersionLookup.Found found, Reviewing.Reading reading) {
    StoredLine base = reading.baseLine();
    StoredLine line = found.line();
    gate.journal().flush();
    return new ReviewReport(
        version(found),
        found
            .file()
            .under(gate.files().rulebook())
            .dossier(line, parts.clock().instant())
            .evidence(),
        reading.base(),
        reading.others(),
        depending().of(line, base),
        base == null
            ? List.of()
            : DependencyChange.between(base.entry().deps(), line.entry().deps()),
        delta(found.file(), line, base),
        reading.diff(),
        reading.unread());
  }

  private Depending depending() {
    return new Depending(gate.keeper(), gate.files(), parts.clock(), parts.options().indexTtl());
  }

  private static @Nullable CapabilityDelta delta(
      CaseFile file, StoredLine line, @Nullable StoredLine base) {
    Findings own = file.findings(line.entry().cksum()).orElse(null);
    Findings before = base == null ? null : file.findings(base.entry().cksum()).orElse(null);
    return own == null || before == null ? null : CapabilityDelta.between(before, own);
  }
}
