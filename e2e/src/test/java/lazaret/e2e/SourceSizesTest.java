package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceSizesTest {
  @TempDir Path dir;

  @Test
  void productKeepsToItsSizesAndDocumentsWhatIsPublic() throws IOException {
    SourceSizes sizes = SourceSizes.of(Path.of(System.getProperty("lazaret.root")));

    assertThat(sizes.fileCount()).isGreaterThan(2_000);
    assertThat(sizes.moduleLines()).hasSizeGreaterThanOrEqualTo(14);
    assertThat(sizes.moduleLines()).allSatisfy((_, lines) -> assertThat(lines).isPositive());
    assertThat(sizes.faults()).isEmpty();
  }

  @Test
  void packagesModulesAndParameterListsDoNotGrow() throws IOException {
    SourceSizes sizes = SourceSizes.of(Path.of(System.getProperty("lazaret.root")));

    KnownBreaches.of("package-sizes")
        .allowsUpTo(
            sizes.packagesOfOddSize(),
            "a package has 3 to 40 types; place the type in a package of its subject");
    KnownBreaches.of("module-sizes")
        .allowsUpTo(sizes.largeModules(), "a module has 20,000 main lines at most");
    KnownBreaches.of("parameters")
        .allowsUpTo(
            sizes.longParameterLists(),
            "four parameters (constructors six, records eight), then a record");
  }

  @Test
  void findsAFileThatIsTooLong() throws IOException {
    write("Long.java", "/// A.\npublic class Long {}\n" + "\n".repeat(400));

    assertThat(SourceSizes.of(dir).faults())
        .containsExactly("m/src/main/java/Long.java: 402 lines, at most 400: this is two files");
  }

  @Test
  void findsAMethodThatIsTooLong() throws IOException {
    write("A.java", "class A {\n  void b() {\n" + "\n".repeat(59) + "  }\n}\n");

    assertThat(SourceSizes.of(dir).faults())
        .containsExactly("m/src/main/java/A.java#b: 61 lines, at most 60");
  }

  @Test
  void findsANameOfATestThatIsTooLong() throws IOException {
    Path file = dir.resolve("m/src/test/java/ATest.java");
    Files.createDirectories(file.resolveSibling(""));
    String allowed = "b".repeat(60);
    String refused = "c".repeat(61);
    Files.writeString(
        file, "class ATest {\n  void %s() {}\n  void %s() {}\n}\n".formatted(allowed, refused));

    assertThat(SourceSizes.of(dir).faults())
        .containsExactly(
            "m/src/test/java/ATest.java#" + refused + ": a name of more than 60 letters");
  }

  @Test
  void findsAPublicMethodWithoutAComment() throws IOException {
    write(
        "A.java",
        """
        /// A.
        public interface A {
          void b();

          /// C.
          record C(int d) {
            void hidden() {}

            @Override
            public String toString() {
              return "";
            }
          }
        }
        """);

    assertThat(SourceSizes.of(dir).faults())
        .containsExactly("m/src/main/java/A.java:3: public b has no comment");
  }

  @Test
  void findsModulesInFoldersOfModules() throws IOException {
    write("a/b", "lazaret/A.java", "/// A.\npublic class A {}\n" + "\n".repeat(399));
    write("a/c", "lazaret/C.java", "class C {}\n");
    write("a/b/target", "lazaret/Copy.java", "class Copy {}\n");

    SourceSizes sizes = SourceSizes.of(dir);

    assertThat(sizes.faults())
        .containsExactly(
            "a/b/src/main/java/lazaret/A.java: 401 lines, at most 400: this is two files");
    assertThat(sizes.moduleLines()).containsExactly(Map.entry("a/b", 401), Map.entry("a/c", 1));
  }

  private void write(String name, String text) throws IOException {
    write("m", name, text);
  }

  private void write(String module, String name, String text) throws IOException {
    Path file = dir.resolve(module).resolve("src/main/java").resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }
}
