package lazaret.vetting.desk.api;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.Desk;

/// Names and versions as people type them: without build metadata, or misspelled.
public final class LenientNames {
  private static final int MAX_HINTS = 5;

  private final Desk desk;

  /// @param desk the desk whose index is searched
  public LenientNames(Desk desk) {
    this.desk = desk;
  }

  /// Returns the report on a version, which may be named without its build metadata.
  ///
  /// @param report the function that finds a report; empty if the index does not list the version
  /// @throws ProblemException if the index does not list the version
  public <T> T listed(
      CrateName name, CrateVersion version, Function<CrateVersion, Optional<T>> report) {
    return report
        .apply(version)
        .or(() -> report.apply(version(name, version)))
        .orElseThrow(
            () ->
                UnlistedReply.unknown(
                    desk,
                    name,
                    version,
                    "there is no '%s %s' in the index%s"
                        .formatted(name, version, hint(name, version))));
  }

  /// Returns the version of the index that a version without build metadata names. Returns the
  /// version itself if it has build metadata, if the index has it, or if it is ambiguous.
  CrateVersion version(CrateName name, CrateVersion version) {
    if (!version.build().isEmpty()) {
      return version;
    }
    List<CrateVersion> builds = desk.index().builds(name, version);
    return builds.size() == 1 ? builds.getFirst() : version;
  }

  /// Returns a clause with similar versions or crates, or the empty text if there are none.
  String hint(CrateName name, CrateVersion version) {
    List<CrateVersion> builds = desk.index().builds(name, version);
    if (!builds.isEmpty()) {
      return "; did you mean "
          + builds.stream()
              .limit(MAX_HINTS)
              .map(each -> name.published() + "@" + each.text())
              .collect(Collectors.joining(" or "));
    }
    return desk.index()
        .nearest(name)
        .map(near -> "; did you mean '" + near.published() + "'")
        .orElse("");
  }
}
