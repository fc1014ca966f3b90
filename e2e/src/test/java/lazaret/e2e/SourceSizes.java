package lazaret.e2e;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// A check of the sizes of files and methods, and of the documentation of public types and methods,
/// with javac's own parser. It is also a separate program (`bin/sizes`) and therefore uses no
/// library.
final class SourceSizes {
  private static final int FILE_CEILING = 400;
  private static final int TEST_FILE_CEILING = 600;
  private static final int METHOD_CEILING = 60;
  private static final int TEST_NAME_CEILING = 60;
  private static final int PACKAGE_CEILING = 40;
  private static final int PACKAGE_FLOOR = 3;
  private static final int MODULE_CEILING = 20_000;
  private static final int PARAMETER_CEILING = 4;
  private static final int CONSTRUCTOR_CEILING = 6;
  private static final int COMPONENT_CEILING = 8;

  /// The exceptions from the sizes, each with its reason: `path` or `path#method`.
  private static final Map<String, String> EXCEPTIONS = Map.of();

  private final Path root;
  private final List<Integer> files = new ArrayList<>();
  private final List<Integer> methods = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private final SortedMap<String, Integer> packages = new TreeMap<>();
  private final SortedMap<String, Integer> modules = new TreeMap<>();
  private final SortedMap<String, Integer> parameters = new TreeMap<>();

  private SourceSizes(Path root) {
    this.root = root;
  }

  /// Reads all sources of the modules under `root`.
  static SourceSizes of(Path root) throws IOException {
    SourceSizes sizes = new SourceSizes(root);
    List<Path> sources = sources(root);
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = javac.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              javac.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(sources));
      for (CompilationUnitTree unit : task.parse()) {
        sizes.read(unit, DocTrees.instance(task));
      }
    }
    return sizes;
  }

  public static void main(String[] args) throws IOException {
    SourceSizes sizes = of(Path.of(args[0]).toRealPath());
    sizes.faults.forEach(System.out::println);
    System.out.println(sizes.figures());
    System.exit(sizes.faults.isEmpty() ? 0 : 1);
  }

  /// Returns the violations of rules, one line each; empty if there are none.
  List<String> faults() {
    return Collections.unmodifiableList(faults);
  }

  /// Returns the main packages with more types than the ceiling, and those with fewer than the
  /// floor, each with the number of types at the top of its files.
  SortedMap<String, Integer> packagesOfOddSize() {
    SortedMap<String, Integer> odd = new TreeMap<>();
    packages.forEach(
        (name, types) -> {
          if (types > PACKAGE_CEILING) {
            odd.put("large " + name, types);
          } else if (types < PACKAGE_FLOOR) {
            odd.put("small " + name, 1);
          }
        });
    return odd;
  }

  /// Returns the modules with more main lines than the ceiling, in thousands of lines.
  SortedMap<String, Integer> largeModules() {
    SortedMap<String, Integer> large = new TreeMap<>();
    modules.forEach(
        (name, lines) -> {
          if (lines > MODULE_CEILING) {
            large.put(name, (lines + 999) / 1_000);
          }
        });
    return large;
  }

  /// Returns the methods, constructors and records with more parameters or components than their
  /// ceiling.
  SortedMap<String, Integer> longParameterLists() {
    return Collections.unmodifiableSortedMap(parameters);
  }

  int fileCount() {
    return files.size();
  }

  /// Returns the main lines of each module, by the path of its folder.
  SortedMap<String, Integer> moduleLines() {
    return Collections.unmodifiableSortedMap(modules);
  }

  private String figures() {
    return "files: %s%nmethods: %s".formatted(figures(files), figures(methods));
  }

  private static String figures(List<Integer> lines) {
    if (lines.isEmpty()) {
      return "none";
    }
    List<Integer> sorted = lines.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        "%d, lines: median %d, p90 %d, most %d",
        sorted.size(),
        sorted.get(sorted.size() / 2),
        sorted.get(sorted.size() * 9 / 10),
        sorted.getLast());
  }

  /// Returns the sources of all modules under `root`.
  static List<Path> sources(Path root) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path module : modules(root)) {
      try (Stream<Path> tree = Files.walk(module.resolve("src"))) {
        tree.filter(p -> p.toString().endsWith(".java")).sorted().forEach(found::add);
      }
    }
    return found;
  }

  /// Returns the folders of the modules under `root`, at any depth: those that have Java sources.
  static List<Path> modules(Path root) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean hidden = ("/" + root.relativize(folder)).contains("/.");
            if (hidden || folder.endsWith("target")) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            if (!folder.endsWith("src")) {
              return FileVisitResult.CONTINUE;
            }
            if (Files.isDirectory(folder.resolve("main/java"))
                || Files.isDirectory(folder.resolve("test/java"))) {
              found.add(folder.resolveSibling(""));
            }
            return FileVisitResult.SKIP_SUBTREE;
          }
        });
    found.sort(null);
    return found;
  }

  private void read(CompilationUnitTree unit, DocTrees trees) throws IOException {
    Path path = Path.of(unit.getSourceFile().toUri());
    String name = root.relativize(path).toString();
    boolean test = name.contains("src/test/");
    int lines = (int) unit.getSourceFile().getCharContent(true).toString().lines().count();
    files.add(lines);
    if (name.contains("/src/main/java/lazaret/")) {
      String inPackage = String.valueOf(unit.getPackageName());
      packages.merge(inPackage, unit.getTypeDecls().size(), Integer::sum);
      modules.merge(name.substring(0, name.indexOf("/src/")), lines, Integer::sum);
    }
    int ceiling = test ? TEST_FILE_CEILING : FILE_CEILING;
    if (lines > ceiling && !EXCEPTIONS.containsKey(name)) {
      faults.add("%s: %d lines, at most %d: this is two files".formatted(name, lines, ceiling));
    }
    new Reader(name, unit, trees, test).scan(unit, null);
  }

  /// A visitor of one file.
  private final class Reader extends TreePathScanner<Void, Void> {
    private final String file;
    private final CompilationUnitTree unit;
    private final LineMap lineMap;
    private final DocTrees trees;
    private final SourcePositions positions;
    private final boolean test;

    Reader(String file, CompilationUnitTree unit, DocTrees trees, boolean test) {
      this.file = file;
      this.unit = unit;
      this.lineMap = unit.getLineMap();
      this.trees = trees;
      this.positions = trees.getSourcePositions();
      this.test = test;
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      requireDoc(type, type.getSimpleName().toString(), type.getModifiers());
      if (type.getKind() == Tree.Kind.RECORD) {
        long components =
            type.getMembers().stream()
                .filter(VariableTree.class::isInstance)
                .map(VariableTree.class::cast)
                .filter(field -> !field.getModifiers().getFlags().contains(Modifier.STATIC))
                .count();
        count(type.getSimpleName().toString(), (int) components, COMPONENT_CEILING);
      }
      return super.visitClass(type, null);
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      long first = positions.getStartPosition(unit, method);
      long last = positions.getEndPosition(unit, method);
      if (first >= 0 && last >= first) {
        int lines = (int) (lineMap.getLineNumber(last) - lineMap.getLineNumber(first) + 1);
        methods.add(lines);
        String name = file + "#" + method.getName();
        if (lines > METHOD_CEILING && !EXCEPTIONS.containsKey(name)) {
          faults.add("%s: %d lines, at most %d".formatted(name, lines, METHOD_CEILING));
        }
        requireDoc(method, method.getName().toString(), method.getModifiers());
        if (test && method.getName().length() > TEST_NAME_CEILING) {
          faults.add("%s: a name of more than %d letters".formatted(name, TEST_NAME_CEILING));
        }
        boolean constructor = method.getName().contentEquals("<init>");
        count(
            enclosing() + "#" + (constructor ? "new" : method.getName()),
            ofRecord() && constructor ? 0 : method.getParameters().size(),
            constructor ? CONSTRUCTOR_CEILING : PARAMETER_CEILING);
      }
      return super.visitMethod(method, null);
    }

    private String enclosing() {
      return getCurrentPath().getParentPath().getLeaf() instanceof ClassTree type
          ? type.getSimpleName().toString()
          : "";
    }

    private boolean ofRecord() {
      return getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.RECORD;
    }

    private void count(String name, int found, int ceiling) {
      if (!test && found > ceiling && file.contains("/src/main/java/lazaret/")) {
        parameters.merge(name, found, Math::max);
      }
    }

    private void requireDoc(Tree tree, String name, ModifiersTree modifiers) {
      if (test || !isPublic(getCurrentPath()) || overrides(modifiers)) {
        return;
      }
      // A compact constructor only checks the properties that the comment of its record states.
      boolean constructor = name.equals("<init>");
      if (!constructor && trees.getDocComment(getCurrentPath()) == null) {
        long line = lineMap.getLineNumber(positions.getStartPosition(unit, tree));
        faults.add("%s:%d: public %s has no comment".formatted(file, line, name));
      }
    }

    private boolean overrides(ModifiersTree modifiers) {
      return modifiers.getAnnotations().stream()
          .anyMatch(a -> a.getAnnotationType().toString().equals("Override"));
    }

    /// Returns whether the type or method at `path` and all types around it are public.
    private boolean isPublic(TreePath path) {
      for (TreePath at = path; at != null; at = at.getParentPath()) {
        ModifiersTree modifiers;
        switch (at.getLeaf()) {
          case ClassTree type -> modifiers = type.getModifiers();
          case MethodTree method -> modifiers = method.getModifiers();
          case CompilationUnitTree _ -> {
            return true;
          }
          default -> {
            // A class in the body of a method or the value of a field is not public.
            return false;
          }
        }
        boolean inInterface =
            at.getParentPath() != null
                && at.getParentPath().getLeaf().getKind() == Tree.Kind.INTERFACE;
        boolean open =
            modifiers.getFlags().contains(Modifier.PUBLIC)
                || (inInterface && !modifiers.getFlags().contains(Modifier.PRIVATE));
        if (!open) {
          return false;
        }
      }
      return true;
    }
  }
}
