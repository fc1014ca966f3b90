package lazaret.vetting.inspect.source;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import lazaret.vetting.inspect.source.SourceFacts.Shown;

/// Paths that the macros of a crate may build from their arguments. Macros are not expanded.
///
/// A known path counts if its last segment is among the arguments of a macro that builds paths. The
/// other segments must be there too, or in the bodies of that macro and the macros it calls.
public final class MacroPaths {
  /// Macros of other crates that build identifiers.
  private static final Set<String> PASTING = Set.of("paste", "paste_item", "concat_idents");

  private final Map<String, Body> macros = new HashMap<>();
  private final OccurrenceBudget budget;

  /// The words that a macro call may add to paths.
  private record Body(boolean pastes, Set<Integer> words) {}

  /// Creates the paths of the macros of one crate from its sources.
  ///
  /// @param budget the budget for occurrences after the first few
  public MacroPaths(Collection<SourceFacts> sources, OccurrenceBudget budget) {
    this.budget = budget;
    Map<String, List<MacroUse.Definition>> definitions =
        sources.stream()
            .flatMap(facts -> facts.macros().definitions().stream())
            .collect(Collectors.groupingBy(MacroUse.Definition::name));
    PASTING.forEach(name -> macros.put(name, new Body(true, Set.of())));
    definitions.keySet().forEach(name -> macros.put(name, body(name, definitions)));
    macros.values().removeIf(body -> !body.pastes());
  }

  private static Body body(String name, Map<String, List<MacroUse.Definition>> definitions) {
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(name));
    Set<Integer> words = new HashSet<>();
    boolean pastes = false;
    while (!open.isEmpty()) {
      String next = open.remove();
      if (!seen.add(next)) {
        continue;
      }
      pastes |= PASTING.contains(next);
      for (MacroUse.Definition definition : definitions.getOrDefault(next, List.of())) {
        pastes |= definition.pastes();
        words.addAll(definition.words());
        open.addAll(definition.uses());
      }
    }
    return new Body(pastes, words);
  }

  /// Returns the facts of a source with the paths of its macro calls.
  public SourceFacts with(SourceFacts facts) {
    Map<MacroUse.Region, SourceFacts.Collector> found = new EnumMap<>(MacroUse.Region.class);
    for (MacroUse.Call call : facts.macros().calls()) {
      Body body = macros.get(call.name());
      if (body != null) {
        Vocabulary.PATHS.made(
            call.words(),
            body.words(),
            (path, what) -> {
              SourceFacts.Collector collector =
                  found.computeIfAbsent(call.region(), _ -> new SourceFacts.Collector(budget));
              if (collector.count(what)) {
                collector.keep(
                    new CapabilityUse(what, call.line(), call.name() + "! makes " + path));
              }
            });
      }
    }
    return found.isEmpty() ? facts : facts.showing(shown(found));
  }

  private static Map<MacroUse.Region, Shown> shown(
      Map<MacroUse.Region, SourceFacts.Collector> found) {
    Map<MacroUse.Region, Shown> shown = new EnumMap<>(MacroUse.Region.class);
    found.forEach((region, collector) -> shown.put(region, collector.shown()));
    return shown;
  }
}
