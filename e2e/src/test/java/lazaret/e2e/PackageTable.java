package lazaret.e2e;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// The table of packages in ARCHITECTURE.md: the main packages of all modules with their sizes and
/// what they import, read from sources by javac's parser.
final class PackageTable {
  private static final String OURS = "lazaret.";
  private static final String HEAD =
      """
      | module | package | types | lines | imports |
      |---|---|---|---|---|
      """;

  /// A difference of lines that a page may show before it is written again.
  private static final int LINES = 50;

  private static final int ROW_CELLS = 7;

  private final SortedMap<String, Row> rows = new TreeMap<>();

  private PackageTable() {}

  /// A package.
  private static final class Row {
    private final String module;
    private final SortedSet<String> imports = new TreeSet<>();
    private int types;
    private int lines;

    Row(String module) {
      this.module = module;
    }
  }

  /// Reads the main sources of the modules under `root`.
  static PackageTable of(Path root) throws IOException {
    List<Path> sources =
        SourceSizes.sources(root).stream()
            .filter(
                source -> source.toString().contains("/src/main/java/" + OURS.replace('.', '/')))
            .toList();
    PackageTable table = new PackageTable();
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = javac.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              javac.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(sources));
      for (CompilationUnitTree unit : task.parse()) {
        table.add(root, unit);
      }
    }
    table.rows.values().removeIf(row -> row.types == 0);
    return table;
  }

  private void add(Path root, CompilationUnitTree unit) throws IOException {
    String file = root.relativize(Path.of(unit.getSourceFile().toUri())).toString();
    String module = file.substring(0, file.indexOf("/src/"));
    String name = String.valueOf(unit.getPackageName());
    Row row = rows.computeIfAbsent(name, _ -> new Row(module));
    row.types += unit.getTypeDecls().size();
    row.lines += (int) unit.getSourceFile().getCharContent(true).toString().lines().count();
    for (ImportTree imported : unit.getImports()) {
      String from = packageOf(imported.getQualifiedIdentifier().toString());
      if (from.startsWith(OURS) && !from.equals(name)) {
        row.imports.add(from);
      }
    }
  }

  /// Returns the package of an imported type or member: what comes before the first capital.
  private static String packageOf(String imported) {
    return imported.replaceFirst("\\.(?:[A-Z].*|\\*)$", "");
  }

  int packages() {
    return rows.size();
  }

  Set<String> modules() {
    return rows.values().stream().map(row -> row.module).collect(Collectors.toSet());
  }

  /// Returns the module of each package.
  SortedMap<String, String> modulesOfPackages() {
    SortedMap<String, String> modules = new TreeMap<>();
    rows.forEach((name, row) -> modules.put(name, row.module));
    return modules;
  }

  int lines() {
    return rows.values().stream().mapToInt(row -> row.lines).sum();
  }

  /// Returns the packages that each package imports.
  SortedMap<String, SortedSet<String>> packageGraph() {
    SortedMap<String, SortedSet<String>> graph = new TreeMap<>();
    rows.forEach((name, row) -> graph.put(name, row.imports));
    return graph;
  }

  /// Returns the modules that each module imports.
  SortedMap<String, SortedSet<String>> moduleGraph() {
    SortedMap<String, SortedSet<String>> graph = new TreeMap<>();
    rows.forEach(
        (_, row) ->
            graph.computeIfAbsent(row.module, _ -> new TreeSet<>()).addAll(otherModules(row)));
    return graph;
  }

  private SortedSet<String> otherModules(Row row) {
    SortedSet<String> others = new TreeSet<>();
    for (String imported : row.imports) {
      Row target = rows.get(imported);
      if (target != null && !target.module.equals(row.module)) {
        others.add(target.module);
      }
    }
    return others;
  }

  /// Returns the first cycle of a graph, from a node to itself; empty if there is none.
  static List<String> cycle(SortedMap<String, SortedSet<String>> graph) {
    Set<String> done = new HashSet<>();
    for (String node : graph.keySet()) {
      List<String> found = cycle(graph, node, new ArrayDeque<>(), done);
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  private static List<String> cycle(
      Map<String, SortedSet<String>> graph, String node, Deque<String> path, Set<String> done) {
    if (path.contains(node)) {
      List<String> found = new ArrayList<>(path);
      found.add(node);
      return found.subList(found.indexOf(node), found.size());
    }
    if (!done.add(node)) {
      return List.of();
    }
    path.addLast(node);
    for (String next : graph.getOrDefault(node, new TreeSet<>())) {
      List<String> found = cycle(graph, next, path, done);
      if (!found.isEmpty()) {
        return found;
      }
    }
    path.removeLast();
    return List.of();
  }

  /// Writes the table in Markdown. Packages are named without `lazaret.`; of other modules, the
  /// module is named in place of its packages.
  ///
  /// @param page what the page has now: a number of lines that is nearly right stays
  String markdown(String page) {
    Map<String, Integer> before = linesIn(page);
    StringBuilder text = new StringBuilder(HEAD);
    rows.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<String, Row> entry) -> entry.getValue().module)
                .thenComparing(Map.Entry::getKey))
        .forEach(
            entry -> {
              Row row = entry.getValue();
              String name = shortName(entry.getKey());
              int old = before.getOrDefault(name, Integer.MAX_VALUE);
              int most = Math.max(LINES, row.lines / 10);
              int lines = Math.abs(old - row.lines) <= most ? old : row.lines;
              text.append(
                  "| `%s` | `%s` | %d | %d | %s |\n"
                      .formatted(row.module, name, row.types, lines, imports(row)));
            });
    return text.toString();
  }

  private String imports(Row row) {
    List<String> names = new ArrayList<>();
    for (String imported : row.imports) {
      Row target = rows.get(imported);
      if (target != null && target.module.equals(row.module)) {
        names.add("`" + shortName(imported) + "`");
      }
    }
    String others = String.join(", ", otherModules(row));
    return String.join(", ", names) + (names.isEmpty() || others.isEmpty() ? "" : "; ") + others;
  }

  private static String shortName(String name) {
    return name.startsWith(OURS) ? name.substring(OURS.length()) : name;
  }

  private static Map<String, Integer> linesIn(String page) {
    Map<String, Integer> lines = new TreeMap<>();
    for (String row : page.lines().toList()) {
      String[] cells = row.split("\\|", -1);
      if (cells.length == ROW_CELLS && cells[4].strip().matches("[0-9]+")) {
        lines.put(cells[2].replace('`', ' ').strip(), Integer.valueOf(cells[4].strip()));
      }
    }
    return lines;
  }
}
