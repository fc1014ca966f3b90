package lazaret.vetting.repair;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.lockfile.LockedPackage;
import lazaret.vetting.lockfile.LockedPackageId;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.lockfile.PackageSource;
import org.jspecify.annotations.Nullable;

/// The packages of a lockfile with their resolved dependencies. Not thread-safe, because index
/// lines are read when they are used first.
record LockfileGraph(Map<LockedPackageId, Node> nodes) {
  LockfileGraph {
    nodes = new LinkedHashMap<>(nodes);
  }

  /// The index line of a package, read when it is used first. A plan for a few packages of a large
  /// lockfile uses few lines, and each comes from an index file of its own.
  private static final class Line {
    private final LockedPackageId id;
    private final ResolvableIndex index;
    private boolean read;
    private @Nullable IndexEntry entry;

    Line(LockedPackageId id, ResolvableIndex index) {
      this.id = id;
      this.index = index;
    }

    @Nullable IndexEntry entry() {
      if (!read) {
        entry = line(id, index);
        read = true;
      }
      return entry;
    }
  }

  /// A package.
  ///
  /// @param id the package
  /// @param line returns its index line, or null for a package that is not in the index
  /// @param deps its resolved dependencies
  record Node(LockedPackageId id, Supplier<@Nullable IndexEntry> line, Set<LockedPackageId> deps) {
    Node {
      deps = new LinkedHashSet<>(deps);
    }

    /// Returns the index line, or null for a package that is not in the index.
    @Nullable IndexEntry entry() {
      return line.get();
    }

    Node with(LockedPackageId old, LockedPackageId target) {
      Set<LockedPackageId> changed = new LinkedHashSet<>();
      deps.forEach(d -> changed.add(d.equals(old) ? target : d));
      return new Node(id, line, changed);
    }

    Node and(LockedPackageId target) {
      Set<LockedPackageId> changed = new LinkedHashSet<>(deps);
      changed.add(target);
      return new Node(id, line, changed);
    }

    boolean local() {
      return id.source() instanceof PackageSource.Local;
    }
  }

  static LockfileGraph of(Lockfile lock, ResolvableIndex index) {
    Map<LockedPackageId, Node> nodes = new LinkedHashMap<>();
    for (LockedPackage p : lock.packages()) {
      nodes.put(
          p.id(),
          new Node(p.id(), new Line(p.id(), index)::entry, new LinkedHashSet<>(p.dependencies())));
    }
    return new LockfileGraph(nodes);
  }

  private static @Nullable IndexEntry line(LockedPackageId id, ResolvableIndex index) {
    if (!id.source().throughGate()) {
      return null;
    }
    try {
      return index.line(CrateName.parse(id.name()), id.version()).orElse(null);
    } catch (MalformedException _) {
      return null;
    }
  }

  boolean has(LockedPackageId id) {
    return nodes.containsKey(id);
  }

  List<Node> dependents(LockedPackageId id) {
    return nodes.values().stream().filter(n -> n.deps().contains(id)).toList();
  }

  /// Returns the packages of the workspace. If the lockfile names none, returns those that no other
  /// package requires.
  private static List<LockedPackageId> roots(Map<LockedPackageId, Node> nodes) {
    List<LockedPackageId> local =
        nodes.values().stream().filter(Node::local).map(Node::id).toList();
    if (!local.isEmpty()) {
      return local;
    }
    Set<LockedPackageId> required = new HashSet<>();
    nodes.values().forEach(n -> required.addAll(n.deps()));
    return nodes.keySet().stream().filter(id -> !required.contains(id)).toList();
  }

  /// Returns the packages that can be reached from the roots of a graph.
  static Set<LockedPackageId> reachable(Map<LockedPackageId, Node> nodes) {
    Set<LockedPackageId> seen = new HashSet<>();
    Deque<LockedPackageId> queue = new ArrayDeque<>(roots(nodes));
    while (!queue.isEmpty()) {
      LockedPackageId id = queue.remove();
      Node node = nodes.get(id);
      if (node != null && seen.add(id)) {
        queue.addAll(node.deps());
      }
    }
    return seen;
  }

  /// Returns this graph without the packages that its roots do not reach.
  LockfileGraph pruned() {
    Set<LockedPackageId> kept = reachable(nodes);
    Map<LockedPackageId, Node> left = new LinkedHashMap<>();
    nodes.forEach(
        (id, node) -> {
          if (kept.contains(id)) {
            left.put(id, node);
          }
        });
    return new LockfileGraph(left);
  }

  /// Returns the packages with dependents before their dependencies, except in cycles.
  List<LockedPackageId> dependentsFirst() {
    Set<LockedPackageId> done = new LinkedHashSet<>();
    Map<LockedPackageId, Boolean> open = new HashMap<>();
    Deque<LockedPackageId> stack = new ArrayDeque<>();
    for (LockedPackageId start : nodes.keySet()) {
      stack.push(start);
      while (!stack.isEmpty()) {
        LockedPackageId id = stack.peek();
        Node node = nodes.get(id);
        if (node == null || done.contains(id)) {
          stack.pop();
        } else if (open.putIfAbsent(id, true) == null) {
          node.deps().stream().filter(d -> !open.containsKey(d)).forEach(stack::push);
        } else {
          done.add(stack.pop());
        }
      }
    }
    return new ArrayList<>(done).reversed();
  }

  /// Returns whether cargo considers two versions compatible, so that a lockfile has only one of
  /// them.
  static boolean sameRange(CrateVersion one, CrateVersion other) {
    if (one.major() != other.major()) {
      return false;
    }
    if (one.major() != 0) {
      return true;
    }
    return one.minor() == other.minor() && (one.minor() != 0 || one.patch() == other.patch());
  }
}
