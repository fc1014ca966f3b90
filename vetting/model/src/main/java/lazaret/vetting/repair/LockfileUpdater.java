package lazaret.vetting.repair;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.VersionReq;
import lazaret.vetting.index.IndexDependency;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.lockfile.LockedPackageId;
import lazaret.vetting.repair.LockfileGraph.Node;
import org.jspecify.annotations.Nullable;

/// The effect of cargo's commands on a lockfile. Each command that it accepts is accepted by cargo
/// too, but it may miss others. Not thread-safe.
///
/// Source: Cargo, `ops::resolve_with_previous`: every package that a command does not name stays at
/// its version, and its dependencies stay with it.
final class LockfileUpdater {
  private static final int MOVE_STEPS = 1_000;
  private static final int MAX_MOVES = 600;
  private static final int UPDATE_STEPS = 2_000;
  private static final int UPDATE_STEPS_A_PACKAGE = 30;

  private final ResolvableIndex index;
  private final FeatureUses uses = new FeatureUses();
  private final Map<String, List<WorkspaceRequirement>> requirements = new HashMap<>();
  private final SearchBudget moves = new SearchBudget(MAX_MOVES);

  /// Creates a resolver.
  ///
  /// @param index the index as cargo sees it
  /// @param requirements the requirements of the manifests of the workspace; the manifest of a
  ///   package without any is unknown
  LockfileUpdater(ResolvableIndex index, List<WorkspaceRequirement> requirements) {
    this.index = index;
    for (WorkspaceRequirement r : requirements) {
      this.requirements.computeIfAbsent(r.packageName(), _ -> new ArrayList<>()).add(r);
    }
  }

  /// A move of one package to another version.
  ///
  /// @param from the package
  /// @param to the index line of the other version
  /// @param dependents the packages that follow; all, unless a manifest changes
  /// @param manifest whether the requirements of the workspace are changed to accept it
  record Move(Node from, IndexEntry to, List<Node> dependents, boolean manifest) {
    LockedPackageId target() {
      return new LockedPackageId(to.name().published(), to.version(), from.id().source());
    }
  }

  /// Returns the lockfile after a move, or null if cargo may refuse it.
  @Nullable LockfileGraph move(LockfileGraph graph, Move move) {
    if (!moves.step()) {
      return null;
    }
    Set<String> features = features(move);
    if (features == null) {
      return null;
    }
    LockedPackageId old = move.from().id();
    LockedPackageId target = move.target();
    Map<LockedPackageId, Node> nodes = new LinkedHashMap<>(graph.nodes());
    for (Node dependent : move.dependents()) {
      nodes.put(dependent.id(), dependent.with(old, target));
    }
    if (move.dependents().size() == graph.dependents(old).size()) {
      nodes.remove(old);
    }
    Set<LockedPackageId> kept = LockfileGraph.reachable(nodes);
    Map<LockedPackageId, Node> fixed = new LinkedHashMap<>();
    List<Node> loose = new ArrayList<>();
    nodes.forEach(
        (id, node) -> {
          if (kept.contains(id)) {
            fixed.put(id, node);
          } else {
            loose.add(node);
          }
        });
    PackageSearch search =
        new PackageSearch(
            index, uses, new SearchBudget(MOVE_STEPS), new PackageSearch.Start(fixed, loose, true));
    Map<LockedPackageId, Node> found =
        search.select(target, move.to(), features) ? search.run() : null;
    return found == null ? null : new LockfileGraph(found).pruned();
  }

  /// Returns whether the budget for moves is spent.
  boolean spent() {
    return moves.spent();
  }

  /// Returns the features that the moved package may need, or null if a dependent does not accept
  /// it.
  private @Nullable Set<String> features(Move move) {
    FeatureUse to = uses.of(move.to());
    Set<String> features = new TreeSet<>(uses.possible(move.from()));
    features.removeIf(f -> !to.has(f));
    for (Node dependent : move.dependents()) {
      Set<String> asked = asked(dependent, move);
      if (asked == null || !asked.stream().allMatch(to::has)) {
        return null;
      }
      features.addAll(asked);
    }
    return features;
  }

  private @Nullable Set<String> asked(Node dependent, Move move) {
    IndexEntry entry = dependent.entry();
    return entry == null ? workspaceAsks(dependent, move) : registryAsks(dependent, entry, move);
  }

  private @Nullable Set<String> registryAsks(Node dependent, IndexEntry entry, Move move) {
    Set<String> asked = new TreeSet<>();
    Set<String> aliases = new TreeSet<>();
    for (IndexDependency dep : uses.of(entry).dependencies()) {
      if (FeatureUses.means(dep, move.from().id())) {
        if (!dep.req().matches(move.to().version())) {
          return null;
        }
        asked.addAll(dep.features());
        aliases.add(dep.name());
        if (dep.defaultFeatures()) {
          asked.add(FeatureUse.DEFAULT);
        }
      }
    }
    if (aliases.isEmpty()) {
      // The lockfile and the index disagree.
      return null;
    }
    IndexEntry before = move.from().entry();
    for (FeatureUse.Use use : uses.of(entry).activate(uses.possible(dependent)).uses()) {
      if (aliases.contains(use.dependency().name()) && before != null) {
        use.features().stream().filter(uses.of(before)::has).forEach(asked::add);
      }
    }
    return asked;
  }

  private @Nullable Set<String> workspaceAsks(Node dependent, Move move) {
    Set<String> asked = new TreeSet<>();
    boolean known = false;
    for (WorkspaceRequirement r : requirements(dependent)) {
      if (PackageSearch.key(r.crate().published())
              .equals(PackageSearch.key(move.from().id().name()))
          && r.req().matches(move.from().id().version())) {
        known = true;
        if (!move.manifest() && !r.req().matches(move.to().version())) {
          return null;
        }
        asked.addAll(r.features());
      }
    }
    if (!known) {
      if (!move.manifest() && !caret(move.from().id().version()).matches(move.to().version())) {
        return null;
      }
      asked.addAll(uses.possible(move.from()));
    }
    return asked;
  }

  List<WorkspaceRequirement> requirements(Node local) {
    return requirements.getOrDefault(local.id().name(), List.of());
  }

  static VersionReq caret(CrateVersion version) {
    return VersionReq.parse("^" + version.withoutBuild());
  }

  /// Returns the lockfile after a complete new resolution, or null if cargo may refuse it.
  @Nullable LockfileGraph update(LockfileGraph graph) {
    if (graph.nodes().values().stream().noneMatch(Node::local)) {
      // Without the workspace, the requirements are unknown.
      return null;
    }
    Map<LockedPackageId, Node> fixed = new LinkedHashMap<>();
    graph.nodes().forEach((id, node) -> fixed.put(id, new Node(id, () -> null, Set.of())));
    fixed.keySet().removeIf(id -> id.source().throughGate());
    PackageSearch search =
        new PackageSearch(
            index,
            uses,
            new SearchBudget(UPDATE_STEPS + UPDATE_STEPS_A_PACKAGE * graph.nodes().size()),
            new PackageSearch.Start(fixed, List.of(), false));
    for (LockedPackageId id : fixed.keySet()) {
      Node node = graph.nodes().get(id);
      if (node != null && !demandAll(search, graph, node)) {
        return null;
      }
    }
    Map<LockedPackageId, Node> found = search.run();
    return found == null ? null : new LockfileGraph(found);
  }

  private boolean demandAll(PackageSearch search, LockfileGraph graph, Node node) {
    List<WorkspaceRequirement> known = requirements(node);
    known.forEach(
        r ->
            search.demand(
                new PackageSearch.Demand(
                    node.id(), r.crate(), r.req(), new TreeSet<>(r.features()))));
    for (LockedPackageId dep : node.deps()) {
      boolean stated =
          known.stream()
              .anyMatch(
                  r ->
                      PackageSearch.key(r.crate().published()).equals(PackageSearch.key(dep.name()))
                          && r.req().matches(dep.version()));
      Node there = graph.nodes().get(dep);
      if (there != null && dep.source().throughGate() && !stated) {
        try {
          search.demand(
              new PackageSearch.Demand(
                  node.id(),
                  CrateName.parse(dep.name()),
                  caret(dep.version()),
                  uses.possible(there)));
        } catch (MalformedException _) {
          return false;
        }
      }
    }
    return true;
  }
}
