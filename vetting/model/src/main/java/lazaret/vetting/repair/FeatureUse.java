package lazaret.vetting.repair;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import lazaret.vetting.index.DependencyKind;
import lazaret.vetting.index.IndexDependency;
import lazaret.vetting.index.IndexEntry;

/// The features and dependencies of one index line, as cargo's resolver activates them. Immutable.
///
/// Source: Cargo reference, *Features*; `dep:`, `name/feature` and `name?/feature`.
final class FeatureUse {
  /// The feature that is active unless a dependent disables it.
  static final String DEFAULT = "default";

  private final Map<String, List<String>> features;
  private final List<IndexDependency> deps;
  private final Set<String> optional = new HashSet<>();
  private final Set<String> hidden = new HashSet<>();

  FeatureUse(IndexEntry entry) {
    this.features = entry.features();
    this.deps = entry.deps().stream().filter(d -> d.kind() != DependencyKind.DEV).toList();
    deps.stream().filter(IndexDependency::optional).forEach(d -> optional.add(d.name()));
    for (List<String> values : features.values()) {
      values.stream()
          .filter(v -> v.startsWith("dep:"))
          .forEach(v -> hidden.add(v.substring("dep:".length())));
    }
  }

  /// An active dependency.
  ///
  /// @param dependency the dependency
  /// @param features the features that are requested of it
  record Use(IndexDependency dependency, Set<String> features) {}

  /// The result of activating features.
  ///
  /// @param uses all active dependencies
  /// @param missing the features that the version does not have
  record Active(List<Use> uses, Set<String> missing) {
    /// Returns the uses that the features added, by an optional dependency or a feature of one.
    List<Use> added() {
      return uses.stream()
          .filter(
              u ->
                  u.dependency().optional()
                      || !u.features().equals(asked(u.dependency(), Set.of())))
          .toList();
    }
  }

  /// Returns the dependencies that dependents build.
  List<IndexDependency> dependencies() {
    return deps;
  }

  /// Returns the names of all features, including the implicit ones of optional dependencies.
  Set<String> names() {
    Set<String> names = new TreeSet<>(features.keySet());
    optional.stream().filter(o -> !hidden.contains(o)).forEach(names::add);
    return names;
  }

  boolean has(String feature) {
    return feature.equals(DEFAULT)
        || features.containsKey(feature)
        || (optional.contains(feature) && !hidden.contains(feature));
  }

  /// Activates features and all that they require.
  Active activate(Collection<String> requested) {
    Deque<String> queue = new ArrayDeque<>(requested);
    Set<String> seen = new HashSet<>();
    Set<String> active = new HashSet<>();
    Set<String> missing = new TreeSet<>();
    Map<String, Set<String>> forwarded = new HashMap<>();
    while (!queue.isEmpty()) {
      String token = queue.remove();
      if (!seen.add(token)) {
        continue;
      }
      int slash = token.indexOf('/');
      if (token.startsWith("dep:")) {
        active.add(token.substring("dep:".length()));
      } else if (slash > 0) {
        boolean weak = token.charAt(slash - 1) == '?';
        String name = token.substring(0, weak ? slash - 1 : slash);
        forwarded.computeIfAbsent(name, _ -> new TreeSet<>()).add(token.substring(slash + 1));
        if (!weak && optional.contains(name)) {
          active.add(name);
          if (has(name)) {
            queue.add(name);
          }
        }
      } else {
        List<String> values = features.get(token);
        if (values != null) {
          queue.addAll(values);
        } else if (optional.contains(token) && !hidden.contains(token)) {
          active.add(token);
        } else if (!token.equals(DEFAULT)) {
          missing.add(token);
        }
      }
    }
    List<Use> uses = new ArrayList<>();
    for (IndexDependency dep : deps) {
      if (!dep.optional() || active.contains(dep.name())) {
        uses.add(new Use(dep, asked(dep, forwarded.getOrDefault(dep.name(), Set.of()))));
      }
    }
    return new Active(uses, missing);
  }

  private static Set<String> asked(IndexDependency dep, Set<String> forwarded) {
    Set<String> asked = new TreeSet<>(dep.features());
    if (dep.defaultFeatures()) {
      asked.add(DEFAULT);
    }
    asked.addAll(forwarded);
    return asked;
  }
}
