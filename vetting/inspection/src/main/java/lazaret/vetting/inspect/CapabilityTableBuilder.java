package lazaret.vetting.inspect;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.inspect.CapabilityTable.ContextLines;
import lazaret.vetting.inspect.CapabilityTable.Entry;
import lazaret.vetting.inspect.CapabilityTable.Location;
import lazaret.vetting.inspect.source.Capability;

/// The conversion of the facts of a crate to the places that show its capabilities. Used once.
final class CapabilityTableBuilder {
  private final Map<ExecutionContext, CodeFacts> code;
  private final Set<ExecutionContext> contexts;
  private SourceLines texts = new SourceLines(Map.of());

  /// @param code the facts by the place in which the code runs, with all occurrences
  /// @param contexts the places in which code of the crate runs
  CapabilityTableBuilder(Map<ExecutionContext, CodeFacts> code, Set<ExecutionContext> contexts) {
    this.contexts = contexts;
    this.code = new EnumMap<>(ExecutionContext.class);
    this.code.putAll(code);
  }

  /// Returns the places.
  ///
  /// @param archive the crate, whose lines are read again
  /// @param whole whether all sources were read to their end
  CapabilityTable build(CrateArchive archive, InspectLimits limits, boolean whole) {
    texts = new SourceLines(numbers());
    texts.read(archive, limits);
    List<Entry> entries = new ArrayList<>();
    code.forEach(
        (where, facts) -> {
          for (Capability what : Capability.values()) {
            if (facts.has(what)) {
              entries.add(new Entry(where, what, facts.count(what), locations(facts.of(what))));
            }
          }
        });
    return new CapabilityTable(entries, contexts, whole);
  }

  private Map<String, Set<Integer>> numbers() {
    Map<String, Set<Integer>> numbers = new HashMap<>();
    for (CodeFacts facts : code.values()) {
      for (Capability what : Capability.values()) {
        for (CodeFacts.Located found : facts.of(what)) {
          int line = found.hit().line();
          numbers
              .computeIfAbsent(found.path(), _ -> new TreeSet<>())
              .addAll(List.of(line - 1, line, line + 1));
        }
      }
    }
    return numbers;
  }

  /// Returns one place for each line. The occurrences on one line may have different descriptions;
  /// the first one is shown.
  private List<Location> locations(List<CodeFacts.Located> found) {
    Map<String, List<CodeFacts.Located>> lines = new LinkedHashMap<>();
    for (CodeFacts.Located one : found) {
      lines.computeIfAbsent(one.location(), _ -> new ArrayList<>()).add(one);
    }
    return lines.values().stream().map(this::location).toList();
  }

  private Location location(List<CodeFacts.Located> onOneLine) {
    CodeFacts.Located first = onOneLine.getFirst();
    int line = first.hit().line();
    String excerpt = first.hit().excerpt();
    String content = texts.of(first.path(), line).orElse(excerpt);
    ContextLines context =
        new ContextLines(
            texts.of(first.path(), line - 1).orElse(""),
            texts.of(first.path(), line + 1).orElse(""));
    return new Location(first.path(), line, excerpt, onOneLine.size(), content, context);
  }
}
