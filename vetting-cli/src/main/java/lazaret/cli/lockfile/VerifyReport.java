package lazaret.cli.lockfile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lazaret.cli.report.ExitCode;
import lazaret.vetting.deskapi.crates.ReasonInfo;

/// The result of `verify`.
///
/// @param lockfiles the checked lockfiles, as the user named them
/// @param against the gate or the feeds that were used: `the gate at http://127.0.0.1:7080`
/// @param unchecked the checks that were not possible, in words; empty if all were made
/// @param packages all packages from other sources than local folders, in the order of the
///   lockfiles
/// @param omitted the numbers of served packages that are not in `packages`, by lockfile
/// @param local the packages from local folders: `NAME VERSION`
/// @param warnings the warnings about the feeds, which apply to all packages
public record VerifyReport(
    List<String> lockfiles,
    String against,
    List<String> unchecked,
    List<PackageResult> packages,
    Map<String, Long> omitted,
    List<String> local,
    List<ReasonInfo> warnings) {
  /// Copies the lists and removes duplicate warnings.
  public VerifyReport {
    lockfiles = List.copyOf(lockfiles);
    unchecked = List.copyOf(unchecked);
    packages = List.copyOf(packages);
    omitted = Map.copyOf(omitted);
    local = List.copyOf(local);
    // The first hash of a record takes the JDK milliseconds.
    warnings = warnings.size() < 2 ? List.copyOf(warnings) : warnings.stream().distinct().toList();
  }

  /// Returns whether all packages pass.
  public boolean passes() {
    return packages.stream().allMatch(PackageResult::passes);
  }

  /// Returns the exit code of the command: the most severe code of the packages.
  public ExitCode exitCode() {
    return ExitCode.gravest(packages.stream().map(PackageResult::exitCode).toList());
  }

  /// Returns the packages of one lockfile.
  public List<PackageResult> packages(String lockfile) {
    return packages.stream().filter(p -> p.lockfile().equals(lockfile)).toList();
  }

  /// Returns the number of packages of each status in a lockfile. Those that are not listed come
  /// first, then the statuses in the order of their first package.
  Map<String, Long> counts(String lockfile) {
    Map<String, Long> counts = new LinkedHashMap<>();
    long left = omitted.getOrDefault(lockfile, 0L);
    if (left > 0) {
      counts.put(PackageResult.Status.SERVED.code(), left);
    }
    packages(lockfile).forEach(p -> counts.merge(p.status().code(), 1L, Long::sum));
    return counts;
  }

  /// Returns the document of `--json`.
  public Document document() {
    Map<String, Long> counts = new LinkedHashMap<>();
    packages.forEach(p -> counts.merge(p.status().code(), 1L, Long::sum));
    return new Document(lockfiles, against, passes(), warnings, unchecked, counts, packages, local);
  }

  /// The JSON of a report.
  ///
  /// @param lockfiles the checked lockfiles, as the user named them
  /// @param against the gate or the feeds that were used
  /// @param passes whether all packages pass
  /// @param feedWarnings the warnings about the feeds; empty while all feeds are fresh
  /// @param unchecked the checks that were not possible; empty if all were made
  /// @param counts the number of packages of each status
  /// @param packages the packages
  /// @param local the packages from local folders: `NAME VERSION`
  public record Document(
      List<String> lockfiles,
      String against,
      boolean passes,
      List<ReasonInfo> feedWarnings,
      List<String> unchecked,
      Map<String, Long> counts,
      List<PackageResult> packages,
      List<String> local) {}
}
