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
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.lockfile.LockedId;
import lazaret.vetting.lockfile.LockedPackage;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.lockfile.PackageSource;
import org.jspecify.annotations.Nullable;

/// The packages of a lockfile with their resolved dependencies. Immutable.
record LockGraph(Map<LockedId, Node> nodes) {
  LockGraph {
    nodes = new LinkedHashMap<>(nodes);
  }

  /// A package.
  ///
  /// @param id the package
  /// @param entry its index line; null for a package that is not in the index
  /// @param deps its resolved dependencies
  record Node(LockedId id, @Nullable IndexEntry entry, Set<LockedId> deps) {
    Node {
      deps = new LinkedHashSet<>(deps);
    }

    Node with(LockedId old, LockedId target) {
      Set<LockedId> changed = new LinkedHashSet<>();
      deps.forEach(d -> changed.add(d.equals(old) ? target : d));
      return new Node(id, entry, changed);
    }

    Node and(LockedId target) {
      Set<LockedId> changed = new LinkedHashSet<>(deps);
      changed.add(target);
      return new Node(id, entry, changed);
    }

    boolean local() {
      return id.source() instanceof PackageSource.Local;
    }
  }

  static LockGraph of(Lockfile lock, ResolvableIndex index) {
    Map<LockedId, Node> nodes = new LinkedHashMap<>();
    for (LockedPackage p : lock.packages()) {
      nodes.put(
          p.id(), new Node(p.id(), line(p.id(), index), new LinkedHashSet<>(p.dependencies())));
    }
    return new LockGraph(nodes);
  }

  private static @Nullable IndexEntry line(LockedId id, ResolvableIndex index) {
    if (!(id.source() instanceof PackageSource.CratesIo)) {
      return null;
    }
    try {
      return index.line(CrateName.parse(id.name()), id.version()).orElse(null);
    } catch (MalformedException _) {
      return null;
    }
  }

  boolean has(LockedId id) {
    return nodes.containsKey(id);
  }

  List<Node> dependents(LockedId id) {
    return nodes.values().stream().filter(n -> n.deps().contains(id)).toList();
  }

  /// Returns the packages of the workspace. If the lockfile names none, returns those that no other
  /// package requires.
  private static List<LockedId> roots(Map<LockedId, Node> nodes) {
    List<LockedId> local = nodes.values().stream().filter(Node::local).map(Node::id).toList();
    if (!local.isEmpty()) {
      return local;
    }
    Set<LockedId> required = new HashSet<>();
    nodes.values().forEach(n -> required.addAll(n.deps()));
    return nodes.keySet().stream().filter(id -> !required.contains(id)).toList();
  }

  /// Returns the packages that can be reached from the roots of a graph.
  static Set<LockedId> reachable(Map<LockedId, Node> nodes) {
    Set<LockedId> seen = new LinkedHashSet<>();
    Deque<LockedId> queue = new ArrayDeque<>(roots(nodes));
    while (!queue.isEmpty()) {
      LockedId id = queue.remove();
      Node node = nodes.get(id);
      if (node != null && seen.add(id)) {
        queue.addAll(node.deps());
      }
    }
    return seen;
  }

  /// Returns this graph without the packages that its roots do not reach.
  LockGraph pruned() {
    Set<LockedId> kept = reachable(nodes);
    Map<LockedId, Node> left = new LinkedHashMap<>();
    nodes.forEach(
        (id, node) -> {
          if (kept.contains(id)) {
            left.put(id, node);
          }
        });
    return new LockGraph(left);
  }

  /// Returns the packages with dependents before their dependencies, except in cycles.
  List<LockedId> dependentsFirst() {
    Set<LockedId> done = new LinkedHashSet<>();
    Map<LockedId, Boolean> open = new HashMap<>();
    Deque<LockedId> stack = new ArrayDeque<>();
    for (LockedId start : nodes.keySet()) {
      stack.push(start);
      while (!stack.isEmpty()) {
        LockedId id = stack.peek();
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
