package lazaret.bundle.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lazaret.bundle.BundleCode;
import lazaret.bundle.trust.TestStream;
import lazaret.testkit.Attack;
import org.junit.jupiter.api.Test;

/// The agreement of `docs/bundle-attacks.md` with the tests: every attack of the page has a test
/// that the page names.
class AttackPageTest {
  private static final Path PAGE =
      Path.of(System.getProperty("lazaret.root", "..")).resolve("docs/bundle-attacks.md");
  private static final int ATTACKS = 78;

  /// A row of the page.
  private record Row(int number, String attack, Set<String> codes, Set<String> tests) {
    static Row of(String line) {
      String[] cells = line.split(" *\\| *", -1);
      return new Row(Integer.parseInt(cells[1]), cells[2], quoted(cells[3]), quoted(cells[4]));
    }

    private static Set<String> quoted(String cell) {
      String[] parts = cell.split("`", -1);
      return IntStream.range(0, parts.length)
          .filter(i -> i % 2 == 1)
          .mapToObj(i -> parts[i])
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static List<Row> page() throws IOException {
    try (Stream<String> lines = Files.lines(PAGE)) {
      return lines.filter(l -> l.matches("\\| \\d+ \\|.*")).map(Row::of).toList();
    }
  }

  /// Returns the expected codes of the trials by attack number.
  private static Map<Integer, Set<String>> codes() {
    Map<Integer, Set<String>> codes = new TreeMap<>();
    for (AttackTrial trial : BundleAttackTest.trials()) {
      codes.computeIfAbsent(trial.number(), _ -> new TreeSet<>()).add(trial.code().code());
    }
    for (ArchiveTrials.Spoiling spoiling : ArchiveTrials.all()) {
      codes.computeIfAbsent(spoiling.number(), _ -> new TreeSet<>()).add(spoiling.code().code());
    }
    return codes;
  }

  /// Returns the test classes of each attack.
  private static Map<Integer, Set<String>> tests() throws IOException, URISyntaxException {
    Map<Integer, Set<String>> tests = new TreeMap<>();
    codes()
        .keySet()
        .forEach(n -> tests.computeIfAbsent(n, _ -> new TreeSet<>()).add("BundleAttackTest"));
    for (Class<?> type : testClasses()) {
      for (Method method : type.getDeclaredMethods()) {
        Attack attack = method.getAnnotation(Attack.class);
        if (attack != null) {
          for (int number : attack.value()) {
            tests.computeIfAbsent(number, _ -> new TreeSet<>()).add(type.getSimpleName());
          }
        }
      }
    }
    return tests;
  }

  /// Returns the test classes of this module and of `bundle-trust`.
  private static List<Class<?>> testClasses() throws IOException, URISyntaxException {
    List<Class<?>> found = new ArrayList<>();
    for (Class<?> each : List.of(AttackPageTest.class, TestStream.class)) {
      Path place = Path.of(each.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(place)) {
        found.addAll(testClasses(place));
      } else {
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
          found.addAll(testClasses(jar.getPath("/")));
        }
      }
    }
    return found;
  }

  private static List<Class<?>> testClasses(Path classes) throws IOException {
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .map(f -> classes.relativize(f).toString())
          .filter(f -> f.endsWith("Test.class"))
          .map(f -> f.substring(0, f.length() - ".class".length()).replace('/', '.'))
          .<Class<?>>map(AttackPageTest::load)
          .toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, AttackPageTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void everyAttackIsTried() throws Exception {
    assertThat(tests().keySet())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, ATTACKS).boxed().toList());
  }

  @Test
  void thePageSaysByWhichTests() throws Exception {
    Map<Integer, Set<String>> said = new TreeMap<>();
    for (Row row : page()) {
      assertThat(said.put(row.number(), row.tests())).as("row %d twice", row.number()).isNull();
      assertThat(row.attack()).isNotBlank();
    }

    assertThat(said).isEqualTo(tests());
  }

  @Test
  void thePageSaysTheCodesOfTheCatalogue() throws IOException {
    List<String> known = Arrays.stream(BundleCode.values()).map(BundleCode::code).toList();
    Map<Integer, Set<String>> said = new TreeMap<>();
    for (Row row : page()) {
      assertThat(known).as("row %d", row.number()).containsAll(row.codes());
      said.put(row.number(), row.codes());
    }

    codes()
        .forEach(
            (number, codes) ->
                assertThat(said.getOrDefault(number, new TreeSet<>()))
                    .as("row %d", number)
                    .containsAll(codes));
  }
}
