package lazaret.e2e.harness;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lazaret.e2e.harness.ProbeYard.Attempt;

/// The result of every probe in every cell of the matrix.
public final class ProbeResults {
  private static final int CELLS = 12;
  private static final Pattern NAMED =
      Pattern.compile("\\{[^{}]*\"kind\"\\s*:\\s*\"([a-z-]+)\"[^{}]*\\}");

  private final Map<SandboxCell, List<Attempt>> attempts = new LinkedHashMap<>();
  private final Map<SandboxCell, String> reports = new LinkedHashMap<>();

  /// Adds a cell.
  ///
  /// @param report the output of the command line
  public void add(SandboxCell cell, List<Attempt> all, String report) {
    attempts.put(cell, all);
    reports.put(cell, report);
  }

  /// Writes the table, but only for a complete matrix.
  public void write() {
    if (attempts.size() < CELLS) {
      return;
    }
    ResultTable table =
        new ResultTable(
            "probes", "probe", "what it does", "sealed", "gate", "fetch", "in the report");
    for (String probe : probes()) {
      table.row(
          "`" + probe + "`",
          ResultTable.description(ProbeYard.sources().resolve(probe)),
          outcome(probe, "sealed"),
          outcome(probe, "gate"),
          outcome(probe, "fetch"),
          kinds(probe));
    }
    table.write();
  }

  private Set<String> probes() {
    return attempts.values().stream()
        .flatMap(List::stream)
        .map(Attempt::probe)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Returns one word for all cells of a mode, if they agree.
  private String outcome(String probe, String mode) {
    Map<String, List<String>> cells = new TreeMap<>();
    attempts.forEach(
        (cell, all) -> {
          if (cell.mode().equals(mode)) {
            String who =
                (cell.root() ? "root" : "user") + (cell.report() ? " watched" : " not watched");
            cells.computeIfAbsent(outcome(probe, all), _ -> new ArrayList<>()).add(who);
          }
        });
    if (cells.size() == 1) {
      return cells.keySet().iterator().next();
    }
    return cells.entrySet().stream()
        .map(e -> who(e.getValue()) + ": " + e.getKey())
        .collect(Collectors.joining("; "));
  }

  /// Returns the names of the cells, without the user if both users have the same way.
  private static String who(List<String> cells) {
    Set<String> ways =
        cells.stream()
            .map(cell -> cell.substring(cell.indexOf(' ') + 1))
            .collect(Collectors.toSet());
    boolean both = cells.size() == 2 && ways.size() == 1;
    return both ? ways.iterator().next() : String.join(", ", cells);
  }

  private static String outcome(String probe, List<Attempt> all) {
    Map<String, Integer> counts = new TreeMap<>();
    for (Attempt attempt : all) {
      if (attempt.probe().equals(probe)) {
        counts.merge(attempt.outcome(), 1, Integer::sum);
      }
    }
    if (counts.isEmpty()) {
      return "did not run";
    }
    List<String> words = new ArrayList<>();
    counts.forEach(
        (outcome, count) ->
            words.add(count + " " + (outcome.equals("reached") ? "harmless" : outcome)));
    return String.join(", ", words);
  }

  private String kinds(String probe) {
    Set<String> kinds = new HashSet<>();
    reports.forEach(
        (cell, report) -> {
          Matcher named = NAMED.matcher(report);
          while (cell.report() && named.find()) {
            if (named.group().contains("\"" + probe + "\"")
                || (probe.equals("p32-proc-macro") && named.group().contains("p32-macro-work"))) {
              kinds.add(named.group(1));
            }
          }
        });
    return String.join(", ", new TreeSet<>(kinds));
  }
}
