package lazaret.mirror.deskapi;

import java.util.List;
import java.util.stream.Collectors;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.Desk;

/// The resolution of names and versions as people type them: without build metadata, or misspelt.
final class Spelling {
  private final Desk desk;

  Spelling(Desk desk) {
    this.desk = desk;
  }

  /// Returns the version of the index that a version without build metadata denotes. The version is
  /// returned unchanged if it has build metadata, if the index has it, or if it is ambiguous.
  CrateVersion meant(CrateName name, CrateVersion version) {
    if (!version.build().isEmpty()) {
      return version;
    }
    List<CrateVersion> builds = desk.index().builds(name, version);
    return builds.size() == 1 ? builds.getFirst() : version;
  }

  /// Returns a clause with suggestions for a version that does not exist; empty if nothing is
  /// similar.
  String hint(CrateName name, CrateVersion version) {
    List<CrateVersion> builds = desk.index().builds(name, version);
    if (!builds.isEmpty()) {
      return "; did you mean "
          + builds.stream()
              .limit(5)
              .map(v -> name.published() + "@" + v.text())
              .collect(Collectors.joining(" or "));
    }
    return desk.index()
        .nearest(name)
        .map(near -> "; did you mean '" + near.published() + "'")
        .orElse("");
  }
}
