package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The README of each module: it lists the module's packages, names types that exist, links to
/// files that exist, and has the command for the tests.
class ModuleReadmesTest {
  private static final Path ROOT = Path.of(System.getProperty("lazaret.root"));
  private static final int MOST_LINES = 70;

  /// The head of the table of packages, with the common beginning of their names.
  private static final Pattern HEAD = Pattern.compile("(?m)^\\| package `(lazaret\\.[a-z.]*)…`");

  private static final Pattern ROW = Pattern.compile("(?m)^\\| ((?:`[a-z0-9.]+`(?:, )?)+) \\|");
  private static final Pattern PACKAGE = Pattern.compile("`([a-z0-9.]+)`");

  /// A type in backticks, with an optional member.
  private static final Pattern TYPE =
      Pattern.compile("`([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)(?:\\.[A-Za-z]\\w*)*`");

  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#\\s]+)[^)\\s]*\\)");

  /// Words in backticks that look like types and are not.
  private static final Set<String> OTHER_WORDS = Set.of("Cargo", "XTest", "XE2E");

  @TempDir Path dir;

  @Test
  void agreeWithTheirModules() throws IOException {
    List<Path> modules = modules(ROOT);
    assertThat(modules).hasSizeGreaterThanOrEqualTo(14);
    Set<String> types = types(ROOT);
    assertThat(types).hasSizeGreaterThan(1_500);

    List<String> faults = new ArrayList<>();
    for (Path module : modules) {
      faults.addAll(faults(module, types));
    }

    assertThat(faults).isEmpty();
  }

  @Test
  void findsEachFault() throws IOException {
    Files.createDirectories(dir.resolve("m/src/main/java/lazaret/a"));
    Files.writeString(dir.resolve("m/src/main/java/lazaret/a/B.java"), "package lazaret.a;\n");
    assertThat(faults(dir.resolve("m"), Set.of("Bell"))).containsExactly("m: no README.md");

    Files.writeString(
        dir.resolve("m/README.md"),
        "| package `lazaret.…` |\n|---|\n| `c` |\n\n`Bell` and `Belt`, [page](page.md)\n");

    assertThat(faults(dir.resolve("m"), Set.of("Bell")))
        .containsExactly(
            "m: no command for its tests",
            "m: packages [lazaret.c], expected [lazaret.a]",
            "m: no type Belt",
            "m: no file page.md");
  }

  private static List<Path> modules(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root, 3)) {
      return files
          .filter(file -> file.endsWith("pom.xml"))
          .map(file -> file.resolveSibling(""))
          .filter(module -> !module.equals(root) && !module.toString().contains("/target"))
          .sorted()
          .toList();
    }
  }

  /// Returns the simple names of all types at the top of a file.
  private static Set<String> types(Path root) throws IOException {
    return SourceSizes.sources(root).stream()
        .map(source -> String.valueOf(source.getFileName()).replace(".java", ""))
        .collect(Collectors.toSet());
  }

  private static List<String> faults(Path module, Set<String> types) throws IOException {
    String name = String.valueOf(module.getFileName());
    Path file = module.resolve("README.md");
    if (!Files.exists(file)) {
      return List.of(name + ": no README.md");
    }
    String page = Files.readString(file);
    List<String> faults = new ArrayList<>();
    if (page.lines().count() > MOST_LINES) {
      faults.add(name + ": README.md has more than " + MOST_LINES + " lines");
    }
    if (!page.contains("    mvn -q -pl ")) {
      faults.add(name + ": no command for its tests");
    }
    Set<String> packages = packages(module.resolve("src/main/java"));
    Set<String> listed = listed(page);
    if (!packages.isEmpty() && !listed.equals(packages)) {
      faults.add("%s: packages %s, expected %s".formatted(name, listed, packages));
    }
    Matcher type = TYPE.matcher(page);
    while (type.find()) {
      if (!types.contains(type.group(1)) && !OTHER_WORDS.contains(type.group(1))) {
        faults.add(name + ": no type " + type.group(1));
      }
    }
    Matcher link = LINK.matcher(page);
    while (link.find()) {
      if (!Files.exists(module.resolve(link.group(1)))) {
        faults.add(name + ": no file " + link.group(1));
      }
    }
    return faults;
  }

  private static Set<String> listed(String page) {
    Set<String> listed = new TreeSet<>();
    Matcher head = HEAD.matcher(page);
    if (head.find()) {
      Matcher row = ROW.matcher(page);
      while (row.find()) {
        Matcher each = PACKAGE.matcher(row.group(1));
        while (each.find()) {
          listed.add(head.group(1) + each.group(1));
        }
      }
    }
    return listed;
  }

  /// Returns the names of the packages with a type below a folder of sources.
  private static Set<String> packages(Path sources) throws IOException {
    if (!Files.exists(sources)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
          .map(file -> sources.relativize(file.resolveSibling("")).toString().replace('/', '.'))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
