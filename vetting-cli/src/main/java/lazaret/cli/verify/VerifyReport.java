package lazaret.cli.verify;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;

/// What `verify` found.
///
/// @param lockfiles what was looked at, as the user named it
/// @param against what it was held against: `the gate at http://127.0.0.1:7080`
/// @param unchecked which checks could not be made, in words; empty where all were
/// @param packages every package that does not lie in a folder here, in the order of the lockfiles
/// @param local the packages that do: `NAME VERSION`
/// @param warnings what is said of the feeds, once and not of each package
public record VerifyReport(
    List<String> lockfiles,
    String against,
    List<String> unchecked,
    List<PackageLine> packages,
    List<String> local,
    List<JsonObject> warnings) {
  /// Copies the lists.
  public VerifyReport {
    lockfiles = List.copyOf(lockfiles);
    unchecked = List.copyOf(unchecked);
    packages = List.copyOf(packages);
    local = List.copyOf(local);
    warnings = warnings.stream().distinct().toList();
  }

  /// Tells whether nothing stops a build.
  public boolean passes() {
    return packages.stream().allMatch(PackageLine::passes);
  }

  /// Returns how the command ends: the gravest of the packages' codes.
  public ExitCode exitCode() {
    return ExitCode.gravest(packages.stream().map(PackageLine::exitCode).toList());
  }

  /// Returns the packages of one lockfile.
  public List<PackageLine> packages(String lockfile) {
    return packages.stream().filter(p -> p.lockfile().equals(lockfile)).toList();
  }

  /// Returns how many packages stand how, in the order in which the standings were met.
  public static Map<String, Long> counts(List<PackageLine> packages) {
    Map<String, Long> counts = new LinkedHashMap<>();
    packages.forEach(p -> counts.merge(p.standing(), 1L, Long::sum));
    return counts;
  }

  /// Returns the document of `--json`.
  public JsonObject document() {
    JsonObject.Builder counts = JsonObject.builder();
    counts(packages).forEach(counts::put);
    JsonObject.Builder document =
        JsonObject.builder()
            .texts("lockfiles", lockfiles)
            .put("against", against)
            .put("passes", passes());
    if (!warnings.isEmpty()) {
      document.list("feed_warnings", warnings, w -> w);
    }
    if (!unchecked.isEmpty()) {
      document.texts("unchecked", unchecked);
    }
    return document
        .put("counts", counts.build())
        .list("packages", packages, PackageLine::json)
        .texts("local", local)
        .build();
  }
}
