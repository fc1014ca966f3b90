package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The table of packages in ARCHITECTURE.md agrees with the sources, and what it shows has no
/// circle. `-Dlazaret.docs.write=true` writes it.
class PackageTableTest {
  private static final Path ROOT = Path.of(System.getProperty("lazaret.root"));
  private static final String BEGIN = "<!-- packages: written by PackageTableTest -->\n";
  private static final String END = "<!-- packages: end -->\n";

  private static final long MOST_PACKAGES = 25;

  @TempDir Path dir;

  @Test
  void seesTheProduct() throws IOException {
    PackageTable table = PackageTable.of(ROOT);

    assertThat(table.modules()).hasSizeGreaterThanOrEqualTo(14);
    assertThat(table.packages()).isGreaterThan(110);
    assertThat(table.lines()).isGreaterThan(130_000);
  }

  @Test
  void architectureListsThePackages() throws IOException {
    Path file = ROOT.resolve("ARCHITECTURE.md");
    String page = Files.readString(file);
    assertThat(page).containsOnlyOnce(BEGIN).containsOnlyOnce(END);
    int from = page.indexOf(BEGIN) + BEGIN.length();
    int to = page.indexOf(END);
    boolean writing = Boolean.getBoolean("lazaret.docs.write");
    String expected = PackageTable.of(ROOT).markdown(writing ? "" : page.substring(from, to));

    if (writing) {
      Files.writeString(file, page.substring(0, from) + expected + page.substring(to));
    }

    assertThat(Files.readString(file))
        .as("run this test with -Dlazaret.docs.write=true and look at the difference")
        .contains(BEGIN + expected + END);
  }

  @Test
  void noModuleHasMorePackagesThanAReaderKeepsInMind() throws IOException {
    Map<String, Long> packages =
        PackageTable.of(ROOT).modulesOfPackages().values().stream()
            .collect(Collectors.groupingBy(module -> module, Collectors.counting()));

    assertThat(packages)
        .allSatisfy(
            (module, count) -> assertThat(count).as(module).isLessThanOrEqualTo(MOST_PACKAGES));
  }

  @Test
  void noPackageImportsInACircle() throws IOException {
    assertThat(PackageTable.cycle(PackageTable.of(ROOT).packageGraph())).isEmpty();
  }

  @Test
  void noModuleImportsBack() throws IOException {
    assertThat(PackageTable.cycle(PackageTable.of(ROOT).moduleGraph())).isEmpty();
  }

  @Test
  void findsACircleAndWritesSizes() throws IOException {
    write("a/one", "lazaret.x", "import lazaret.y.B;\n", "A");
    write("a/one", "lazaret.z", "import java.util.List;\n", "C");
    write("two", "lazaret.y", "import static lazaret.z.C.d;\nimport lazaret.x.A;\n", "B");

    PackageTable table = PackageTable.of(dir);

    assertThat(PackageTable.cycle(table.packageGraph()))
        .containsExactly("lazaret.x", "lazaret.y", "lazaret.x");
    assertThat(PackageTable.cycle(table.moduleGraph())).containsExactly("a/one", "two", "a/one");
    assertThat(table.markdown("| `two` | `y` | 1 | 44 | |\n"))
        .isEqualTo(
            """
            | module | package | types | lines | imports |
            |---|---|---|---|---|
            | `a/one` | `x` | 1 | 3 | two |
            | `a/one` | `z` | 1 | 3 |  |
            | `two` | `y` | 1 | 44 | a/one |
            """);
  }

  private void write(String module, String in, String imports, String type) throws IOException {
    Path folder = dir.resolve(module).resolve("src/main/java").resolve(in.replace('.', '/'));
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve(type + ".java"),
        "package %s;\n%sclass %s {}\n".formatted(in, imports, type));
  }
}
