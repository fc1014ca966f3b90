package lazaret.git;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lazaret.git.cargo.GitPackage;
import lazaret.git.cargo.GitPackageArchive;
import lazaret.git.cargo.GitPackageFinder;
import lazaret.vetting.Bytes;
import lazaret.vetting.Deadline;
import lazaret.vetting.MalformedException;
import lazaret.vetting.archive.UnverifiedCrate;
import lazaret.vetting.archive.Verification;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.serving.IndicatorsInForce;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gitsource.GitSourcePackage;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.Inspector;
import lazaret.vetting.inspect.Signal;
import lazaret.vetting.inspect.SignalWeight;

/// The inspection of the packages of a tree: each as the archive that a registry would have.
/// Thread-safe.
final class GitSourceInspector {
  /// The number of signals of one package that are stored with the source.
  private static final int MAX_SIGNALS = 20;

  private final GateContext parts;
  private final IndicatorsInForce indicators;

  GitSourceInspector(GateContext parts) {
    this.parts = parts;
    this.indicators = new IndicatorsInForce(parts.rules());
  }

  /// A package with its findings.
  ///
  /// @param write stores the findings
  record Inspected(GitSourcePackage facts, Write write) {}

  /// Inspects packages.
  ///
  /// @param file a new file for one archive after the other, which is deleted
  /// @throws MalformedException if a package cannot be an archive without problems
  /// @throws IOException if the file of the tree cannot be read
  List<Inspected> inspect(GitPackageFinder finder, List<GitPackage> packages, Path file)
      throws IOException {
    List<Inspected> inspected = new ArrayList<>();
    for (GitPackage each : packages) {
      inspected.add(inspect(finder, each, file));
    }
    return inspected;
  }

  private Inspected inspect(GitPackageFinder finder, GitPackage of, Path file) throws IOException {
    Bytes archive = GitPackageArchive.of(of, finder.files(of), file);
    CrateId id = new CrateId(of.name(), of.version(), Sha256.of(archive));
    Findings findings =
        switch (new UnverifiedCrate(archive).verify(id)) {
          case Verification.Match(var crate) ->
              Inspector.inspect(
                  crate,
                  parts.options().inspectLimits(),
                  indicators.get().indicators(),
                  Deadline.MONOTONIC);
          case Verification.Mismatch _ ->
              throw new IllegalStateException("one digest of the same bytes differs");
        };
    if (!findings.conformant()) {
      throw new MalformedException(
          "cannot use the package %s: %s".formatted(of.unpacked(), findings.problems().getFirst()));
    }
    List<String> signals =
        findings.signals().stream()
            .filter(each -> each.weight().compareTo(SignalWeight.REVIEW) >= 0)
            .limit(MAX_SIGNALS)
            .map(Signal::toString)
            .toList();
    return new Inspected(
        new GitSourcePackage(
            of.name().published(), of.version().text(), of.folder(), id.cksum(), signals),
        new Write.PutFindings(findings));
  }
}
