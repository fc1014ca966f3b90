package lazaret.vetting.review;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lazaret.vetting.index.IndexDependency;
import org.jspecify.annotations.Nullable;

/// What became of one dependency between two versions, as their index lines say, which is what
/// cargo resolves by.
///
/// @param before in the base; null where it is new
/// @param after in the reviewed version; null where it is gone
public record DependencyChange(@Nullable IndexDependency before, @Nullable IndexDependency after) {
  /// Checks that there is one.
  ///
  /// @throws IllegalArgumentException if both are missing
  public DependencyChange {
    if (before == null && after == null) {
      throw new IllegalArgumentException("a change of no dependency");
    }
  }

  /// Returns the dependency as it is, or was.
  public IndexDependency dependency() {
    if (after != null) {
      return after;
    }
    if (before != null) {
      return before;
    }
    throw new IllegalStateException("a change of no dependency");
  }

  /// Tells whether the reviewed version pulls in a crate that the base did not: whatever its kind.
  public boolean added() {
    return before == null;
  }

  /// Returns what changed, new ones first, then by kind, crate and platform.
  public static List<DependencyChange> between(
      List<IndexDependency> before, List<IndexDependency> after) {
    Map<String, IndexDependency> old = new TreeMap<>();
    before.forEach(dependency -> old.put(key(dependency), dependency));
    List<DependencyChange> changes = new ArrayList<>();
    for (IndexDependency dependency : after) {
      IndexDependency was = old.remove(key(dependency));
      if (!dependency.equals(was)) {
        changes.add(new DependencyChange(was, dependency));
      }
    }
    old.values().forEach(gone -> changes.add(new DependencyChange(gone, null)));
    changes.sort(
        Comparator.comparing((DependencyChange c) -> !c.added())
            .thenComparing(c -> c.dependency().kind())
            .thenComparing(c -> key(c.dependency())));
    return changes;
  }

  /// One crate may be there several times: of several kinds, for several platforms, under several
  /// names.
  private static String key(IndexDependency dependency) {
    String target = dependency.target();
    return String.join(
        "\n",
        dependency.packageName().collisionKey(),
        dependency.kind().name(),
        target == null ? "" : target,
        dependency.name());
  }
}
