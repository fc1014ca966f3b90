package lazaret.vetting.desk.review;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.review.VersionReport.FetchFailed;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.evaluation.CrateEvaluation;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.serving.IndexRefresher;
import lazaret.vetting.gate.serving.UpstreamUnavailableException;
import lazaret.vetting.gate.serving.VersionLookup;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.CapabilityDelta;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.rules.ExternalEvidence.NewCapabilities;
import lazaret.vetting.review.DependencyChange;
import lazaret.vetting.review.DiffLimits;
import org.jspecify.annotations.Nullable;

/// The builder of reports on crates and versions.
public final class VersionExplainer {
  private final GateContext parts;
  private final Gate gate;

  public VersionExplainer(GateContext parts, Gate gate) {
    this.parts = parts;
    this.gate = gate;
  }

  /// Returns the current report on all versions of a crate.
  public CrateReport crate(CrateState file) {
    CrateEvaluation evaluation = file.under(gate.files().rulebook());
    Instant now = parts.clock().instant();
    List<CrateReport.Line> lines =
        file.lines().stream()
            .map(
                line -> {
                  Verdict verdict = evaluation.evaluate(line, now);
                  return new CrateReport.Line(
                      line.entry().version(),
                      line.entry().cksum(),
                      verdict,
                      evaluation.rulebook().policy().serves(verdict),
                      line.entry().yanked(),
                      parts.store().hasArtifact(line.entry().cksum()));
                })
            .toList();
    return new CrateReport(
        file.crate().name(),
        file.freshness(),
        lines,
        file.crate().omitted(),
        evaluation.newestServed(now).orElse(null));
  }

  /// Explains one version as it is now, with all uses and requests until now. Empty if the index
  /// does not list it.
  ///
  /// @throws UpstreamUnavailableException if it is not stored and upstream cannot be asked
  public Optional<VersionReport> version(CrateName name, CrateVersion version) {
    gate.usageLog().flush();
    return gate.finder().listed(name, version).map(this::version);
  }

  /// Returns the current report on one version.
  VersionReport version(VersionLookup.Found found) {
    StoredLine line = found.line();
    CrateState file = found.file();
    CrateEvaluation evaluation = file.under(gate.files().rulebook());
    Instant now = parts.clock().instant();
    Verdict verdict = evaluation.evaluate(line, now);
    CrateVersion version = line.entry().version();
    return new VersionReport(
        line.entry().id(),
        verdict,
        evaluation.rulebook().policy().serves(verdict),
        line,
        file.findings(line.entry().cksum()).orElse(null),
        evaluation.newCapabilities(line, now),
        parts.store().hasArtifact(line.entry().cksum()),
        fetchFailed(line.entry().id()),
        gate.files().head(),
        gate.files().onlyByBundle(line.entry().cksum()),
        parts.store().decisions(file.crate().name()).stream()
            .filter(d -> d.id().version().equals(version))
            .toList(),
        parts.store().request(file.crate().name(), version).orElse(null),
        evaluation.replacement(version, now, c -> !gate.admission().refused(c)).orElse(null),
        gate.pinned(file.crate().name()),
        file.freshness().checkedAt());
  }

  private @Nullable FetchFailed fetchFailed(CrateId id) {
    if (parts.store().hasArtifact(id.cksum()) || gate.files().onlyByBundle(id.cksum())) {
      return null;
    }
    return gate.admission()
        .lastMiss(id.cksum())
        .map(m -> new FetchFailed(m.at(), m.outcome().code(), m.outcome().detail(id)))
        .orElse(null);
  }

  /// Returns the report for a reviewer of one version, after it was fetched and inspected. Empty if
  /// the index does not list it.
  ///
  /// @param base the version for comparison; null selects the one with the least to read
  public Optional<ReviewReport> review(
      CrateName name, CrateVersion version, @Nullable CrateVersion base) {
    VersionLookup.Found found = gate.finder().listed(name, version).orElse(null);
    if (found == null) {
      return Optional.empty();
    }
    var reviewing = new ReviewService(parts, gate.files(), gate.admission(), DiffLimits.DEFAULT);
    ReviewService.Comparison reading = reviewing.read(found, base);
    // Looked up again, now that the version is inspected.
    return gate.finder().listed(name, version).map(now -> review(now, reading));
  }

  /// Returns the report for a reviewer of one version.
  public ReviewReport review(VersionLookup.Found found, ReviewService.Comparison reading) {
    StoredLine base = reading.baseLine();
    StoredLine line = found.line();
    gate.usageLog().flush();
    return new ReviewReport(
        version(found),
        found
            .file()
            .under(gate.files().rulebook())
            .ruleInput(line, parts.clock().instant())
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

  private DependencyStatus depending() {
    Duration age = parts.options().indexTtl();
    return new DependencyStatus(
        name -> gate.keeper().lookup(name, age), gate.files(), parts.clock());
  }

  /// Returns the evidence on one version that is in the store. Empty if the index does not list the
  /// version. Of a stored crate nothing is fetched.
  ///
  /// @throws UpstreamUnavailableException if it is not stored and upstream cannot be asked
  public Optional<VersionEvidence> evidence(CrateName name, CrateVersion version) {
    return gate.finder().listed(name, version).map(this::evidence);
  }

  private VersionEvidence evidence(VersionLookup.Found found) {
    StoredLine line = found.line();
    Instant now = parts.clock().instant();
    CrateEvaluation evaluation = found.file().under(gate.files().rulebook());
    NewCapabilities delta = evaluation.newCapabilities(line, now);
    StoredLine base = delta == null ? line : found.file().line(delta.base()).orElse(line);
    return new VersionEvidence(
        evaluation.ruleInput(line, now).evidence(),
        new DependencyStatus(this::stored, gate.files(), parts.clock()).of(line, base));
  }

  private IndexRefresher.Lookup stored(CrateName name) {
    return gate.files()
        .find(name)
        .<IndexRefresher.Lookup>map(file -> new IndexRefresher.Lookup.Found(file, false))
        .orElseGet(() -> new IndexRefresher.Lookup.Absent("its index file is not stored yet"));
  }

  private static @Nullable CapabilityDelta delta(
      CrateState file, StoredLine line, @Nullable StoredLine base) {
    Findings own = file.findings(line.entry().cksum()).orElse(null);
    Findings before = base == null ? null : file.findings(base.entry().cksum()).orElse(null);
    return own == null || before == null ? null : CapabilityDelta.between(before, own);
  }
}
