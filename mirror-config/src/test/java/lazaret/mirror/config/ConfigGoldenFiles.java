package lazaret.mirror.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Texts that files of the repository contain. `-Dlazaret.golden=write` writes them again, never in
/// CI.
public final class ConfigGoldenFiles {
  private ConfigGoldenFiles() {}

  private static Path root() {
    return Path.of(System.getProperty("lazaret.root", "..")).toAbsolutePath().normalize();
  }

  /// Compares a text with a file of the repository.
  ///
  /// @param file relative to the repository's root
  public static void hold(String file, String text) {
    write(file, text);
    assertThat(text).as("%s (-Dlazaret.golden=write writes it again)", file).isEqualTo(read(file));
  }

  /// Compares a text with the part of a file between two marks.
  public static void holdPart(String file, String mark, String text) {
    String begin = "<!-- " + mark + ": generated -->\n";
    String end = "<!-- " + mark + ": end -->\n";
    String whole = read(file);
    int from = whole.indexOf(begin) + begin.length();
    int to = whole.indexOf(end);
    assertThat(to).as("the marks of '%s' in %s", mark, file).isGreaterThanOrEqualTo(from);
    write(file, whole.substring(0, from) + text + whole.substring(to));
    String part = read(file);
    assertThat(text)
        .as("%s (-Dlazaret.golden=write writes it again)", file)
        .isEqualTo(part.substring(part.indexOf(begin) + begin.length(), part.indexOf(end)));
  }

  /// Reads a file of the repository.
  public static String read(String file) {
    try {
      return Files.readString(root().resolve(file));
    } catch (IOException e) {
      throw new AssertionError("cannot read " + root().resolve(file), e);
    }
  }

  private static void write(String file, String text) {
    if (!"write".equals(System.getProperty("lazaret.golden"))) {
      return;
    }
    try {
      Files.writeString(root().resolve(file), text);
    } catch (IOException e) {
      throw new AssertionError("cannot write " + root().resolve(file), e);
    }
  }
}
