package lazaret.cli.verbs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Expected texts in files next to the tests. `-Dlazaret.golden=write` writes them again; it is not
/// used in CI.
final class Golden {
  private static final Path FOLDER =
      Path.of(System.getProperty("lazaret.root", ".."))
          .resolve("vetting-cli/src/test/resources/golden");

  private Golden() {}

  static void hold(String name, String text) {
    Path file = FOLDER.resolve(name + ".txt");
    try {
      if ("write".equals(System.getProperty("lazaret.golden"))) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
      }
      assertThat(text)
          .as("%s (-Dlazaret.golden=write writes it again)", file)
          .isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new AssertionError("cannot compare with " + file, e);
    }
  }
}
