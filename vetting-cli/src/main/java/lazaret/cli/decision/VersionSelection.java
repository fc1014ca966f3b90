package lazaret.cli.decision;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lazaret.cli.command.CliSession;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.DeskQueries;
import lazaret.cli.desk.VersionArguments;
import lazaret.cli.lockfile.CheckedLockfile;
import lazaret.cli.lockfile.PackageResult;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.VerdictText;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.client.DeskException;
import lazaret.vetting.deskapi.crates.CrateReply;
import lazaret.vetting.deskapi.crates.CrateVersionInfo;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.text.KebabCase;
import org.jspecify.annotations.Nullable;

/// The selection of versions by the words of an order. Not thread-safe.
final class VersionSelection {
  private final CliSession session;
  private final String verb;
  private final boolean permits;
  private final Map<String, SelectedVersion> selected = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private boolean widened;
  private boolean bulk;
  private @Nullable Integer seen;

  /// Creates an empty selection.
  ///
  /// @param kind the kind of the decisions
  VersionSelection(CliSession session, DecisionInfo.Kind kind) {
    this.session = session;
    this.verb = KebabCase.of(kind);
    this.permits = kind == DecisionInfo.Kind.APPROVE || kind == DecisionInfo.Kind.EXEMPT;
  }

  /// Returns whether a requirement selected more than one version, which the user may not have
  /// intended.
  boolean widened() {
    return widened;
  }

  /// Returns whether a requirement or a lockfile selected a version, so that the user did not name
  /// each version.
  boolean bulk() {
    return bulk;
  }

  /// Returns the number of decisions on the only version of an approval when it was looked up. A
  /// denial that is recorded later changes the number. Null if there are several versions, if a
  /// requirement or a lockfile selected it, or if the decision refuses the version.
  @Nullable Integer seenDecisions() {
    return permits && !bulk && selected.size() == 1 ? seen : null;
  }

  /// Returns all selected versions without duplicates.
  ///
  /// @throws DeskException if a version could not be selected, with the most severe problem first
  List<SelectedVersion> all() {
    if (!problems.isEmpty()) {
      Comparator<Problem> byGravity =
          Comparator.comparingInt(p -> ExitCode.gravity(ExitCode.of(p.code())));
      throw new DeskException("cannot " + verb, problems.stream().sorted(byGravity).toList());
    }
    return List.copyOf(selected.values());
  }

  /// Adds the versions that a word of the command line names.
  void add(String word) {
    CrateSpec spec = VersionArguments.spec(word);
    CrateVersion version = spec.version();
    if (version == null && spec.req() == null) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot %s '%s': name the versions, like %s@1.2.3, '%s@^1.2' or, for all, '%s@*'"
              .formatted(verb, word, word, word, word));
    }
    try {
      if (version != null) {
        VersionReply report = DeskQueries.version(session.desk(), spec.name(), version, verb);
        CrateId id = new CrateId(spec.name(), report.version(), report.cksum());
        seen = report.decisions().size();
        add(id, report.verdict(), report.served());
      } else {
        addMatching(spec);
      }
    } catch (DeskException e) {
      if (e.code() != ErrorCode.UNKNOWN) {
        throw e;
      }
      problems.addAll(e.problems());
    }
  }

  private void addMatching(CrateSpec spec) {
    bulk = true;
    CrateReply crate = DeskQueries.crate(session.desk(), spec.name(), verb);
    List<CrateVersionInfo> matching =
        crate.versions().stream()
            .filter(line -> spec.matches(line.version()))
            .sorted(VersionArguments.newestFirst())
            .toList();
    if (matching.isEmpty()) {
      problem(
          ErrorCode.UNKNOWN,
          "no version matches '" + spec.req() + "'",
          spec.name().published(),
          null);
    }
    widened |= matching.size() > 1;
    matching.forEach(
        line ->
            add(
                new CrateId(crate.name(), line.version(), line.cksum()),
                line.verdict(),
                line.served()));
  }

  private void add(CrateId id, VerdictInfo verdict, boolean served) {
    put(
        new SelectedVersion(
            id.name(),
            id.version(),
            id.cksum(),
            (served ? "served: " : "withheld: ") + VerdictText.why(verdict, session.now())));
  }

  /// Adds the packages of a lockfile, bound to the lockfile's checksums.
  ///
  /// @param onlyWithheld whether served versions are omitted
  void addLockfile(Path file, boolean onlyWithheld) {
    bulk = true;
    CheckedLockfile lock = CheckedLockfile.check(session, file);
    int foreign = 0;
    int byBundle = 0;
    for (PackageResult line : lock.packages()) {
      switch (line.status()) {
        case TAMPERED -> problem(ErrorCode.CKSUM_MISMATCH, line);
        case UNAVAILABLE -> problem(ErrorCode.UPSTREAM_UNAVAILABLE, line);
        case UNKNOWN -> problem(ErrorCode.UNKNOWN, line);
        case FOREIGN_SOURCE -> foreign++;
        case SERVED, CLEAR, WITHHELD, CRITERIA_NOT_MET -> {
          if (line.onlyByBundle() && permits) {
            byBundle++;
          } else if (!onlyWithheld || line.status() != PackageResult.Status.SERVED) {
            add(line);
          }
        }
      }
    }
    if (byBundle > 0) {
      session
          .terminal()
          .note(
              "%d packages of %s are left out: their bytes can only come with a bundle; run vetting-cli verify"
                  .formatted(byBundle, file));
    }
    if (foreign > 0) {
      session
          .terminal()
          .note(
              "%d packages of %s bypass the gate and are left out; run vetting-cli verify"
                  .formatted(foreign, file));
    }
  }

  private void add(PackageResult line) {
    Sha256 checksum = line.entry().checksum();
    if (checksum == null) {
      problem(ErrorCode.UNKNOWN, line);
      return;
    }
    put(
        new SelectedVersion(
            CrateName.parse(line.name()),
            line.version(),
            checksum,
            line.status().code() + ": " + line.decided()));
  }

  private void problem(ErrorCode code, PackageResult line) {
    problem(code, line.detail(), line.name(), line.version().text());
  }

  private void problem(ErrorCode code, String detail, String name, @Nullable String version) {
    problems.add(new Problem(code, detail, name, version, null));
  }

  private void put(SelectedVersion one) {
    selected.putIfAbsent(one.spec(), one);
  }
}
