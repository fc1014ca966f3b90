package lazaret.vetting.platform;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import lazaret.vetting.index.DependencyKind;
import lazaret.vetting.index.IndexDependency;
import lazaret.vetting.lockfile.LockedPackage;
import lazaret.vetting.lockfile.LockedPackageId;
import lazaret.vetting.lockfile.Lockfile;

/// The packages of a lockfile that builds for some platforms need. The search begins with the
/// packages that are not from a registry and follows dependencies that can be active on a platform.
/// A lockfile does not name the platforms of a workspace's own dependencies, so all of them are
/// followed.
public final class BuiltPackages {
  private final Collection<Platform> platforms;
  private final Function<LockedPackage, List<IndexDependency>> declared;

  private BuiltPackages(
      Collection<Platform> platforms, Function<LockedPackage, List<IndexDependency>> declared) {
    this.platforms = platforms;
    this.declared = declared;
  }

  /// Returns the packages that are needed.
  ///
  /// @param platforms the targets, and the build machine, on which build scripts and macros run
  /// @param declared the dependencies of a package in its index line; empty if they are unknown
  public static Set<LockedPackageId> of(
      Lockfile lock,
      Collection<Platform> platforms,
      Function<LockedPackage, List<IndexDependency>> declared) {
    Map<LockedPackageId, LockedPackage> all = new HashMap<>();
    Deque<LockedPackage> open = new ArrayDeque<>();
    Set<LockedPackageId> needed = new HashSet<>();
    for (LockedPackage one : lock.packages()) {
      all.put(one.id(), one);
      if (!one.throughGate()) {
        needed.add(one.id());
        open.add(one);
      }
    }
    BuiltPackages built = new BuiltPackages(platforms, declared);
    while (!open.isEmpty()) {
      LockedPackage next = open.remove();
      for (LockedPackageId id : built.active(next)) {
        LockedPackage one = all.get(id);
        if (one != null && needed.add(id)) {
          open.add(one);
        }
      }
    }
    return needed;
  }

  private List<LockedPackageId> active(LockedPackage one) {
    List<IndexDependency> lines = one.throughGate() ? declared.apply(one) : List.of();
    return one.dependencies().stream().filter(id -> active(id, lines)).toList();
  }

  /// Returns whether a dependency can be active. A dependency that no line declares counts as
  /// active, since the lockfile has it.
  private boolean active(LockedPackageId id, List<IndexDependency> lines) {
    List<IndexDependency> declaring =
        lines.stream()
            .filter(line -> line.packageName().published().equals(id.name()))
            .filter(line -> line.req().matches(id.version()))
            .filter(line -> line.kind() != DependencyKind.DEV)
            .toList();
    return declaring.isEmpty() || declaring.stream().anyMatch(this::possible);
  }

  private boolean possible(IndexDependency line) {
    String target = line.target();
    return target == null
        || platforms.stream().anyMatch(platform -> CfgExpression.possible(target, platform));
  }
}
