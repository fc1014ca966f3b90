package lazaret.vetting.repair;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.VersionReq;
import lazaret.vetting.index.DependencyKind;
import lazaret.vetting.index.IndexDependency;
import lazaret.vetting.index.IndexEntry;

/// The search for crates that another crate of their family requires with `=`, such as
/// `clap_derive` by `clap`. Cargo does not move them alone.
public final class PinnedCrates {
  private static final int NEWEST = 16;

  private PinnedCrates() {}

  /// Returns whether a crate whose name this one extends requires crates of its family with `=`.
  ///
  /// @param lines the function that returns the lines of a crate in publish order; none if it is
  ///   not stored
  public static boolean pinned(CrateName name, Function<CrateName, List<IndexEntry>> lines) {
    String published = name.published();
    for (int i = 1; i < published.length(); i++) {
      char c = published.charAt(i);
      if (c == '-' || c == '_') {
        String family = published.substring(0, i);
        List<IndexEntry> held = new ArrayList<>(lines.apply(CrateName.parse(family)));
        if (held.subList(Math.max(0, held.size() - NEWEST), held.size()).stream()
            .flatMap(e -> e.deps().stream())
            .anyMatch(d -> pins(d, family))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean pins(IndexDependency dep, String family) {
    return dep.kind() != DependencyKind.DEV
        && dep.packageName().published().startsWith(family)
        && dep.req().comparators().stream().anyMatch(c -> c.op() == VersionReq.Op.EXACT);
  }
}
