package lazaret.testkit;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// The output of programs that check a file of the product, such as `lintian`. `bin/test --all`
/// adds it to `docs/test-report.md`, with the version of each program.
public final class CheckerReport {
  private static final Path FOLDER = Path.of("target", "checkers");
  private static final Pattern TOOL = Pattern.compile("[a-z][a-z0-9-]{0,40}");
  private static final int MOST_CHARACTERS = 20_000;

  private CheckerReport() {}

  /// Adds an output to the report of this run.
  ///
  /// @param tool the name of the program, as in the search path
  /// @param output what the program printed; without text, the report states that it printed
  ///   nothing
  /// @throws IllegalArgumentException if the name has other characters than `a-z`, `0-9` and `-`
  public static void add(String tool, String output) {
    add(FOLDER, tool, output);
  }

  static void add(Path folder, String tool, String output) {
    if (!TOOL.matcher(tool).matches()) {
      throw new IllegalArgumentException("expected the name of a program, found '" + tool + "'");
    }
    String text = output.isBlank() ? "(no output)" : output.strip();
    if (text.length() > MOST_CHARACTERS) {
      text =
          text.substring(0, MOST_CHARACTERS)
              + "\n("
              + (text.length() - MOST_CHARACTERS)
              + " more characters)";
    }
    try {
      // One write, since classes of tests run side by side.
      Files.writeString(
          Files.createDirectories(folder).resolve(tool), text + "\n\n", CREATE, APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the output of " + tool, e);
    }
  }
}
