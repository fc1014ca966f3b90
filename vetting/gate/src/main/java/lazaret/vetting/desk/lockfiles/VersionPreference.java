package lazaret.vetting.desk.lockfiles;

import java.util.Comparator;
import java.util.List;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.index.IndexDependency;
import lazaret.vetting.index.StoredLine;

/// The order in which versions are preferred for a requirement.
final class VersionPreference {
  private VersionPreference() {}

  /// Returns the versions of a crate that meet a requirement, the preferred one first.
  static List<StoredLine> matching(CrateState file, IndexDependency dependency) {
    return file.lines().stream()
        .filter(line -> dependency.req().matches(line.entry().version()))
        .sorted(newestLast().reversed())
        .toList();
  }

  /// Returns the ascending order of preference: pre-releases before releases, then SemVer
  /// precedence.
  static Comparator<StoredLine> newestLast() {
    return Comparator.<StoredLine, Boolean>comparing(l -> !l.entry().version().isPreRelease())
        .thenComparing(l -> l.entry().version());
  }
}
