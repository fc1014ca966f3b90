package lazaret.vetting.repair;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.VersionReq;
import lazaret.vetting.index.IndexDependency;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.lockfile.LockedPackageId;
import lazaret.vetting.lockfile.PackageSource;
import lazaret.vetting.repair.LockfileGraph.Node;
import org.jspecify.annotations.Nullable;

/// A search for packages that meet all demands under cargo's rules. These are one version in each
/// compatible range, one package for each native library, and features that exist. It demands at
/// least as much as cargo: if it finds a resolution, cargo does. It gives up after a number of
/// steps. Not thread-safe.
final class PackageSearch {
  private static final int MAX_CHOICES = 64;
  private static final int MAX_ATTEMPTS = 16;
  private static final int MAX_LEARNED = 4;
  private static final PackageSource REGISTRY = new PackageSource.CratesIo();

  private final ResolvableIndex index;
  private final FeatureUses uses;
  private final SearchBudget budget;

  /// The locked packages that are no longer required. Cargo prefers them.
  private final Map<String, List<Node>> preferred;

  /// The registries of the locked packages, of which each name has one.
  private final Map<String, PackageSource> sources = new HashMap<>();

  /// True if a demand takes a locked package that meets it before any other version.
  private final boolean locked;

  private final Deque<Choice> choices = new ArrayDeque<>();
  private final Map<String, List<VersionReq>> learned = new HashMap<>();
  private boolean fresh;
  private State state;

  /// A demand for a version of a crate.
  ///
  /// @param parent the package that demands it
  record Demand(LockedPackageId parent, CrateName crate, VersionReq req, Set<String> features) {}

  /// One way to meet a demand.
  ///
  /// @param present whether the package is already present
  private record Option(LockedPackageId id, IndexEntry entry, boolean present) {}

  private record Choice(State before, Demand demand, List<Option> options, int next) {}

  /// The packages chosen so far, and the remaining demands.
  private static final class State {
    private final Map<LockedPackageId, Node> present;
    private final Map<String, List<LockedPackageId>> byCrate;
    private final Set<String> done;
    private final Deque<Demand> agenda;

    /// @param present the packages; the state keeps and changes this map
    State(Map<LockedPackageId, Node> present) {
      this.present = present;
      this.byCrate = new HashMap<>();
      this.done = new HashSet<>();
      this.agenda = new ArrayDeque<>();
      for (LockedPackageId id : present.keySet()) {
        if (id.source().throughGate()) {
          byCrate.computeIfAbsent(key(id.name()), _ -> new ArrayList<>(1)).add(id);
        }
      }
    }

    /// Adds a package to the list of its name. Copies share the lists, which never change.
    private void list(LockedPackageId id) {
      List<LockedPackageId> ids = new ArrayList<>(of(key(id.name())));
      ids.add(id);
      byCrate.put(key(id.name()), List.copyOf(ids));
    }

    State(State other) {
      this.present = new LinkedHashMap<>(other.present);
      this.byCrate = new HashMap<>(other.byCrate);
      this.done = new HashSet<>(other.done);
      this.agenda = new ArrayDeque<>(other.agenda);
    }

    List<LockedPackageId> of(String crate) {
      return byCrate.getOrDefault(crate, List.of());
    }
  }

  /// The packages at the beginning of a search.
  ///
  /// @param fixed the packages that stay unchanged; the search adds its packages to this map
  /// @param loose the locked packages that stay if they meet a demand
  /// @param locked whether a demand takes a locked package that meets it before any other version
  record Start(Map<LockedPackageId, Node> fixed, List<Node> loose, boolean locked) {}

  PackageSearch(ResolvableIndex index, FeatureUses uses, SearchBudget budget, Start start) {
    this.index = index;
    this.uses = uses;
    this.budget = budget;
    this.state = new State(start.fixed());
    this.locked = start.locked();
    this.preferred = new HashMap<>();
    start
        .loose()
        .forEach(n -> preferred.computeIfAbsent(key(n.id().name()), _ -> new ArrayList<>()).add(n));
    Stream.concat(start.fixed().keySet().stream(), start.loose().stream().map(Node::id))
        .filter(id -> id.source().throughGate())
        .forEach(id -> sources.put(key(id.name()), id.source()));
  }

  static String key(String name) {
    return name.replace('-', '_');
  }

  /// Adds a demand.
  void demand(Demand demand) {
    state.agenda.add(demand);
  }

  /// Adds a version without a demand for it, and returns whether it fits.
  boolean select(LockedPackageId id, IndexEntry entry, Set<String> features) {
    return add(id, entry, features);
  }

  /// Returns the packages that meet all demands, or null if there are none or the search gave up.
  @Nullable Map<LockedPackageId, Node> run() {
    State start = new State(state);
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      fresh = false;
      choices.clear();
      if (attempt > 0) {
        state = new State(start);
      }
      if (attempt()) {
        return state.present;
      }
      if (!fresh) {
        return null;
      }
    }
    return null;
  }

  private boolean attempt() {
    while (budget.step()) {
      Demand demand = state.agenda.poll();
      if (demand == null) {
        return true;
      }
      List<Option> options = options(demand);
      if (options.isEmpty()) {
        learn(demand);
      }
      if (!take(demand, options, 0) && !back()) {
        return false;
      }
    }
    return false;
  }

  private boolean back() {
    while (!choices.isEmpty() && budget.step()) {
      Choice choice = choices.pop();
      state = choice.before();
      if (take(choice.demand(), choice.options(), choice.next())) {
        return true;
      }
    }
    return false;
  }

  private boolean take(Demand demand, List<Option> options, int from) {
    for (int i = from; i < options.size(); i++) {
      State before = i + 1 < options.size() ? new State(state) : null;
      if (take(demand, options.get(i))) {
        if (before != null) {
          choices.push(new Choice(before, demand, options, i + 1));
          if (choices.size() > MAX_CHOICES) {
            choices.removeLast();
          }
        }
        return true;
      }
      if (before == null) {
        return false;
      }
      state = before;
    }
    return false;
  }

  private boolean take(Demand demand, Option option) {
    boolean fits =
        option.present()
            ? widen(option.id(), demand.features())
            : add(option.id(), option.entry(), demand.features());
    if (fits) {
      state.present.computeIfPresent(demand.parent(), (_, node) -> node.and(option.id()));
    }
    return fits;
  }

  private List<Option> options(Demand demand) {
    List<Option> options = new ArrayList<>();
    String key = key(demand.crate().published());
    for (LockedPackageId id : state.of(key)) {
      Node node = state.present.get(id);
      if (node != null && demand.req().matches(id.version()) && node.entry() != null) {
        options.add(new Option(id, node.entry(), true));
      }
    }
    for (Node node : preferred.getOrDefault(key, List.of())) {
      if (demand.req().matches(node.id().version())
          && !state.present.containsKey(node.id())
          && node.entry() != null) {
        options.add(new Option(node.id(), node.entry(), false));
      }
    }
    // cargo locks a demand to a locked package that meets it.
    if (options.isEmpty() || !locked) {
      offered(demand, options);
    }
    return options;
  }

  private void offered(Demand demand, List<Option> options) {
    String key = key(demand.crate().published());
    List<LockedPackageId> same = state.of(key);
    List<Option> later = new ArrayList<>();
    for (IndexEntry entry : uses.matching(index, demand.crate(), demand.req())) {
      if (same.stream().noneMatch(o -> LockfileGraph.sameRange(o.version(), entry.version()))) {
        LockedPackageId id =
            new LockedPackageId(
                entry.name().published(), entry.version(), sources.getOrDefault(key, REGISTRY));
        boolean wanted =
            learned.getOrDefault(key, List.of()).stream().allMatch(r -> r.matches(entry.version()));
        (wanted ? options : later).add(new Option(id, entry, false));
      }
    }
    options.addAll(later);
  }

  private boolean add(LockedPackageId id, IndexEntry entry, Set<String> features) {
    if (state.present.containsKey(id)) {
      return widen(id, features);
    }
    List<LockedPackageId> same = state.of(key(id.name()));
    if (same.stream().anyMatch(other -> LockfileGraph.sameRange(other.version(), id.version()))
        || (entry.links() != null && linked(entry.links()))) {
      return false;
    }
    FeatureUse.Active active = uses.of(entry).activate(features);
    if (!active.missing().isEmpty()) {
      return false;
    }
    state.present.put(id, new Node(id, () -> entry, Set.of()));
    state.list(id);
    features.forEach(f -> state.done.add(id + " " + f));
    return active.uses().stream().allMatch(use -> demand(id, use));
  }

  private boolean linked(String links) {
    return state.present.values().stream()
        .anyMatch(n -> n.entry() != null && links.equals(n.entry().links()));
  }

  /// Activates further features of a present package, and returns whether that is possible.
  private boolean widen(LockedPackageId id, Set<String> features) {
    Node node = state.present.get(id);
    if (node == null || node.entry() == null) {
      return false;
    }
    Set<String> added = new TreeSet<>();
    features.stream().filter(f -> state.done.add(id + " " + f)).forEach(added::add);
    if (added.isEmpty()) {
      return true;
    }
    FeatureUse.Active active = uses.of(node.entry()).activate(added);
    if (!active.missing().isEmpty()) {
      return false;
    }
    for (FeatureUse.Use use : active.added()) {
      if (!resolved(node, use) && !demand(id, use)) {
        return false;
      }
    }
    return true;
  }

  /// Activates the features of a dependency if it is already resolved, and returns whether it is.
  private boolean resolved(Node node, FeatureUse.Use use) {
    IndexDependency dep = use.dependency();
    String key = key(dep.packageName().published());
    for (LockedPackageId target : node.deps()) {
      if (key(target.name()).equals(key) && dep.req().matches(target.version())) {
        Node there = state.present.get(target);
        if (there != null && there.entry() != null) {
          state.agenda.add(new Demand(node.id(), dep.packageName(), exact(target), use.features()));
          return true;
        }
      }
    }
    return false;
  }

  private static VersionReq exact(LockedPackageId id) {
    return VersionReq.parse("=" + id.version().withoutBuild());
  }

  /// Adds the demand of a package, exact requirements first, and returns whether it can be met now.
  private boolean demand(LockedPackageId parent, FeatureUse.Use use) {
    IndexDependency dep = use.dependency();
    if (index.isElsewhere(CrateName.parse(parent.name()), dep.packageName())) {
      return false;
    }
    Demand demand = new Demand(parent, dep.packageName(), dep.req(), use.features());
    if (!possible(demand)) {
      learn(demand);
      return false;
    }
    if (dep.req().comparators().stream().anyMatch(c -> c.op() == VersionReq.Op.EXACT)) {
      state.agenda.addFirst(demand);
    } else {
      state.agenda.addLast(demand);
    }
    return true;
  }

  private boolean possible(Demand demand) {
    String key = key(demand.crate().published());
    List<LockedPackageId> same = state.of(key);
    return same.stream().anyMatch(id -> demand.req().matches(id.version()))
        || preferred.getOrDefault(key, List.of()).stream()
            .anyMatch(n -> demand.req().matches(n.id().version()))
        || uses.matching(index, demand.crate(), demand.req()).stream()
            .anyMatch(
                e ->
                    same.stream()
                        .noneMatch(o -> LockfileGraph.sameRange(o.version(), e.version())));
  }

  /// Records a demand that another choice made impossible. The next attempt prefers versions that
  /// meet it.
  private void learn(Demand demand) {
    List<VersionReq> reqs =
        learned.computeIfAbsent(key(demand.crate().published()), _ -> new ArrayList<>());
    boolean offered = !uses.matching(index, demand.crate(), demand.req()).isEmpty();
    if (offered && !reqs.contains(demand.req()) && reqs.size() < MAX_LEARNED) {
      reqs.add(demand.req());
      fresh = true;
    }
  }
}
