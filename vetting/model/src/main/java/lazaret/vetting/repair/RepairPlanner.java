package lazaret.vetting.repair;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.lockfile.LockedPackageId;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.repair.LockfileGraph.Node;
import org.jspecify.annotations.Nullable;

/// A search for the steps that bring a lockfile to versions that pass. It tries `cargo update`,
/// then single moves in order, then raising the dependents. Not thread-safe; methods block.
public final class RepairPlanner {
  private static final int MAX_DEPTH = 8;
  private static final int NEAREST = 8;
  private static final int NEWEST = 3;

  /// The maximum number of packages that are resolved as a whole.
  private static final int MAX_RESOLVED = 4_000;

  private final ResolvableIndex index;
  private final LockfileUpdater resolver;

  /// Creates a planner.
  ///
  /// @param index the index as cargo sees it
  /// @param requirements the known requirements of the manifests of the workspace
  public RepairPlanner(ResolvableIndex index, List<WorkspaceRequirement> requirements) {
    this.index = index;
    this.resolver = new LockfileUpdater(index, requirements);
  }

  /// A lockfile after some steps.
  private record Attempt(LockfileGraph graph, List<RepairStep> steps) {
    Attempt and(LockfileGraph next, RepairStep step) {
      List<RepairStep> all = new ArrayList<>(steps);
      all.add(step);
      return new Attempt(next, all);
    }
  }

  /// A package to replace and the versions that may replace it.
  ///
  /// @param id the package
  /// @param suits the condition for a replacement
  /// @param lower whether lower versions are searched instead of higher ones
  /// @param repairs the withheld package for which it is replaced
  private record Goal(
      LockedPackageId id, Predicate<IndexEntry> suits, boolean lower, String repairs) {}

  /// Returns the steps, in their order.
  ///
  /// @param lock the lockfile
  /// @param withheld the packages of the lockfile that do not pass
  public List<RepairStep> plan(Lockfile lock, Set<LockedPackageId> withheld) {
    if (withheld.isEmpty()) {
      return List.of();
    }
    LockfileGraph graph = LockfileGraph.of(lock, index);
    List<LockedPackageId> order =
        graph.dependentsFirst().stream().filter(withheld::contains).toList();
    if (updates(graph)) {
      return List.of(new RepairStep.UpdateAll(order.stream().map(RepairPlanner::spec).toList()));
    }
    Attempt all = new Attempt(graph, List.of());
    List<RepairStep> open = new ArrayList<>();
    for (LockedPackageId id : order) {
      if (all.graph().has(id)) {
        Attempt next = repair(all.graph(), id);
        if (next == null) {
          open.add(none(graph, id));
        } else {
          all = joined(all, next, order);
        }
      }
    }
    List<RepairStep> steps = new ArrayList<>(all.steps());
    steps.addAll(open.stream().filter(new Gone(all.graph())).toList());
    return steps;
  }

  /// Returns all steps so far. The last one also covers the packages that it makes superfluous.
  private static Attempt joined(Attempt before, Attempt next, List<LockedPackageId> withheld) {
    List<RepairStep> steps = new ArrayList<>(before.steps());
    steps.addAll(next.steps());
    List<String> gone =
        withheld.stream()
            .filter(id -> before.graph().has(id) && !next.graph().has(id))
            .map(RepairPlanner::spec)
            .toList();
    steps.add(steps.removeLast().alsoFor(gone));
    return new Attempt(next.graph(), steps);
  }

  /// The filter of steps for packages that are still in the graph.
  private record Gone(LockfileGraph graph) implements Predicate<RepairStep> {
    @Override
    public boolean test(RepairStep step) {
      return graph.nodes().keySet().stream().anyMatch(id -> step.repairs().contains(spec(id)));
    }
  }

  /// Returns whether a complete resolution exists without a version whose bytes were refused.
  private boolean updates(LockfileGraph graph) {
    if (graph.nodes().size() > MAX_RESOLVED) {
      return false;
    }
    LockfileGraph updated = resolver.update(graph);
    return updated != null
        && updated.nodes().values().stream()
            .map(Node::entry)
            .noneMatch(entry -> entry != null && index.bytesRefused(entry));
  }

  private @Nullable Attempt repair(LockfileGraph graph, LockedPackageId id) {
    Attempt higher = raise(graph, new Goal(id, _ -> true, false, spec(id)), 0);
    return higher != null
        ? higher
        : raise(graph, new Goal(id, _ -> true, true, spec(id)), MAX_DEPTH);
  }

  /// Returns the steps that remove a package from the lockfile, or null if none are known.
  private @Nullable Attempt raise(LockfileGraph graph, Goal goal, int depth) {
    Node node = graph.nodes().get(goal.id());
    if (node == null) {
      return null;
    }
    Attempt start = new Attempt(graph, List.of());
    Attempt moved = move(start, goal);
    if (moved != null || depth >= MAX_DEPTH) {
      return moved;
    }
    List<IndexEntry> suitable = higher(goal);
    if (suitable.isEmpty()) {
      return null;
    }
    Attempt attempt = start;
    for (Node dependent : inOrder(graph, goal.id())) {
      Node now = attempt.graph().nodes().get(dependent.id());
      if (now != null && now.deps().contains(goal.id())) {
        Attempt next = change(attempt, goal, now, depth);
        if (next == null) {
          return null;
        }
        attempt = next;
      }
    }
    return attempt.graph().has(goal.id()) ? move(attempt, goal) : attempt;
  }

  private static List<Node> inOrder(LockfileGraph graph, LockedPackageId id) {
    Set<LockedPackageId> direct = new HashSet<>();
    graph.dependents(id).forEach(n -> direct.add(n.id()));
    List<Node> nodes = new ArrayList<>();
    for (LockedPackageId at : graph.dependentsFirst()) {
      Node node = direct.contains(at) ? graph.nodes().get(at) : null;
      if (node != null) {
        nodes.add(node);
      }
    }
    return nodes;
  }

  /// Changes the requirement of one dependent, or returns null if no change is known.
  private @Nullable Attempt change(Attempt attempt, Goal goal, Node dependent, int depth) {
    List<IndexEntry> suitable = higher(goal);
    if (dependent.local()) {
      return accepts(dependent, goal.id(), suitable)
          ? attempt
          : require(attempt, goal, dependent, suitable);
    }
    if (dependent.entry() == null) {
      return null;
    }
    if (accepts(dependent.entry(), goal.id(), suitable)) {
      return attempt;
    }
    Goal parent =
        new Goal(
            dependent.id(), entry -> accepts(entry, goal.id(), suitable), false, goal.repairs());
    Attempt raised = raise(attempt.graph(), parent, depth + 1);
    if (raised == null) {
      return null;
    }
    List<RepairStep> steps = new ArrayList<>(attempt.steps());
    steps.addAll(raised.steps());
    return new Attempt(raised.graph(), steps);
  }

  /// Returns whether the requirements of a version on a crate accept suitable versions of it.
  private static boolean accepts(IndexEntry entry, LockedPackageId id, List<IndexEntry> suitable) {
    return new FeatureUse(entry)
        .dependencies().stream()
            .filter(
                d ->
                    PackageSearch.key(d.packageName().published())
                        .equals(PackageSearch.key(id.name())))
            .allMatch(d -> suitable.stream().anyMatch(s -> d.req().matches(s.version())));
  }

  private boolean accepts(Node local, LockedPackageId id, List<IndexEntry> suitable) {
    List<WorkspaceRequirement> stated =
        resolver.requirements(local).stream()
            .filter(
                r -> PackageSearch.key(r.crate().published()).equals(PackageSearch.key(id.name())))
            .filter(r -> r.req().matches(id.version()))
            .toList();
    return stated.isEmpty()
        ? suitable.stream().anyMatch(s -> LockfileUpdater.caret(id.version()).matches(s.version()))
        : stated.stream()
            .allMatch(r -> suitable.stream().anyMatch(s -> r.req().matches(s.version())));
  }

  private @Nullable Attempt require(
      Attempt attempt, Goal goal, Node local, List<IndexEntry> suitable) {
    Node node = attempt.graph().nodes().get(goal.id());
    if (node == null) {
      return null;
    }
    for (IndexEntry to : chosen(suitable)) {
      LockfileGraph next =
          resolver.move(attempt.graph(), new LockfileUpdater.Move(node, to, List.of(local), true));
      if (next != null) {
        return attempt.and(
            next,
            new RepairStep.Require(
                List.of(goal.repairs()), local.id().name(), goal.id().name(), to.version()));
      }
    }
    return null;
  }

  private @Nullable Attempt move(Attempt attempt, Goal goal) {
    LockfileGraph graph = attempt.graph();
    Node node = graph.nodes().get(goal.id());
    if (node == null) {
      return null;
    }
    for (IndexEntry to : chosen(goal.lower() ? lower(goal) : higher(goal))) {
      LockfileGraph next =
          resolver.move(
              graph, new LockfileUpdater.Move(node, to, graph.dependents(goal.id()), false));
      if (next != null && !next.has(goal.id())) {
        return attempt.and(
            next,
            new RepairStep.Move(
                List.of(goal.repairs()), goal.id().name(), goal.id().version(), to.version()));
      }
    }
    return null;
  }

  /// Returns the nearest versions and the farthest ones.
  private static List<IndexEntry> chosen(List<IndexEntry> nearestFirst) {
    int size = nearestFirst.size();
    if (size <= NEAREST + NEWEST) {
      return nearestFirst;
    }
    List<IndexEntry> chosen = new ArrayList<>(nearestFirst.subList(0, NEAREST));
    chosen.addAll(nearestFirst.subList(size - NEWEST, size).reversed());
    return chosen;
  }

  private List<IndexEntry> higher(Goal goal) {
    return passing(goal, v -> v.compareTo(goal.id().version()) > 0).reversed();
  }

  private List<IndexEntry> lower(Goal goal) {
    return passing(goal, v -> v.compareTo(goal.id().version()) < 0);
  }

  private List<IndexEntry> passing(Goal goal, Predicate<CrateVersion> wanted) {
    CrateName name;
    try {
      name = CrateName.parse(goal.id().name());
    } catch (MalformedException _) {
      return List.of();
    }
    boolean early = goal.id().version().isPreRelease();
    return index.offered(name).stream()
        .filter(e -> wanted.test(e.version()))
        .filter(e -> early || !e.version().isPreRelease())
        .filter(e -> goal.suits().test(e) && !index.bytesRefused(e))
        .toList();
  }

  private RepairStep none(LockfileGraph graph, LockedPackageId id) {
    Node node = graph.nodes().get(id);
    if (node == null || node.entry() == null) {
      return new RepairStep.None(
          List.of(spec(id)), "no other version of " + id.name() + " passes: remove it");
    }
    String ask =
        "request it, or ask a reviewer: vetting-cli request " + spec(id) + " --reason TEXT";
    boolean passes = !higher(new Goal(id, _ -> true, false, "")).isEmpty() && !resolver.spent();
    return new RepairStep.None(
        List.of(spec(id)),
        passes
            ? "no change of the lockfile replaces " + spec(id) + ": " + ask
            : "no later version of " + id.name() + " passes: " + ask);
  }

  /// Returns a package in the form of cargo's package ID specifications.
  static String spec(LockedPackageId id) {
    return id.name() + "@" + id.version();
  }

  /// Returns the steps by the withheld package for which they are.
  public static Map<String, List<RepairStep>> byPackage(List<RepairStep> steps) {
    Map<String, List<RepairStep>> found = new LinkedHashMap<>();
    for (RepairStep step : steps) {
      step.repairs().forEach(r -> found.computeIfAbsent(r, _ -> new ArrayList<>()).add(step));
    }
    return found;
  }
}
