package lazaret.cli.decision;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lazaret.cli.command.CliSession;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.CliException.Problem;
import lazaret.cli.desk.DeskQueries;
import lazaret.cli.desk.VersionArguments;
import lazaret.cli.lockfile.CheckedLockfile;
import lazaret.cli.lockfile.PackageResult;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.VerdictText;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.CrateVersion;

/// The selection of versions by the words of an order. Not thread-safe.
final class VersionSelection {
  private final CliSession session;
  private final String verb;
  private final boolean lets;
  private final Map<String, SelectedVersion> chosen = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private boolean widened;
  private boolean bulk;

  /// Creates an empty selection.
  ///
  /// @param verb `approve`, `exempt`, `deny` or `revoke`
  VersionSelection(CliSession session, String verb) {
    this.session = session;
    this.verb = verb;
    this.lets = verb.equals("approve") || verb.equals("exempt");
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

  /// Returns all selected versions without duplicates.
  ///
  /// @throws CliException if a version could not be selected, with the most severe problem first
  List<SelectedVersion> all() {
    if (!problems.isEmpty()) {
      Comparator<Problem> byGravity =
          Comparator.comparingInt(p -> ExitCode.gravity(ExitCode.of(p.code())));
      throw new CliException("cannot " + verb, problems.stream().sorted(byGravity).toList());
    }
    return List.copyOf(chosen.values());
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
        JsonObject report = DeskQueries.version(session.desk(), spec.name(), version, verb);
        add(spec.name().published(), report);
      } else {
        addMatching(spec);
      }
    } catch (CliException e) {
      if (e.code() != ErrorCode.UNKNOWN) {
        throw e;
      }
      problems.addAll(e.problems());
    }
  }

  private void addMatching(CrateSpec spec) {
    bulk = true;
    JsonObject crate = DeskQueries.crate(session.desk(), spec.name(), verb);
    List<JsonObject> matching =
        crate.objects("versions").stream()
            .filter(line -> spec.matches(VersionArguments.of(line)))
            .sorted(VersionArguments.newestFirst())
            .toList();
    if (matching.isEmpty()) {
      problems.add(
          new Problem(
              ErrorCode.UNKNOWN,
              "no version matches '" + spec.req() + "'",
              spec.name().published(),
              null));
    }
    widened |= matching.size() > 1;
    matching.forEach(line -> add(crate.words("name"), line));
  }

  private void add(String name, JsonObject line) {
    JsonObject verdict = line.object("verdict");
    put(
        new SelectedVersion(
            name,
            line.words("version"),
            line.words("cksum"),
            (line.flag("served") ? "served: " : "withheld: ")
                + VerdictText.why(verdict, session.now())));
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
        case "tampered" -> problem(ErrorCode.CKSUM_MISMATCH, line);
        case "unavailable" -> problem(ErrorCode.UPSTREAM_UNAVAILABLE, line);
        case "unknown" -> problem(ErrorCode.UNKNOWN, line);
        case "foreign-source" -> foreign++;
        case String _ when line.onlyByBundle() && lets -> byBundle++;
        case String standing when onlyWithheld && standing.equals("served") -> {}
        case String standing ->
            put(
                new SelectedVersion(
                    line.name(),
                    line.version(),
                    line.json().words("checksum"),
                    standing + ": " + line.decided()));
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

  private void problem(ErrorCode code, PackageResult line) {
    problems.add(new Problem(code, line.detail(), line.name(), line.version()));
  }

  private void put(SelectedVersion one) {
    chosen.putIfAbsent(one.name() + "@" + one.version(), one);
  }
}
