package lazaret.bench.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lazaret.testkit.SharedData;

/// The program that writes `docs/evaluation.md`.
public final class Main {
  private Main() {}

  /// Measures and writes the page.
  ///
  /// @param arguments file to write, `-` for standard output; by default `docs/evaluation.md` below
  ///   the system property `lazaret.root`
  /// @throws IOException if the file cannot be written
  public static void main(String[] arguments) throws IOException {
    if (arguments.length > 1 || List.of(arguments).contains("--help")) {
      System.err.println("usage: bin/evaluate [FILE]   (- is standard output)");
      System.exit(2);
    }
    if (SharedData.find().isEmpty()) {
      System.err.println("shared data is missing (LAZARET_SHARED): most sections are omitted");
    }
    Path root = Path.of(System.getProperty("lazaret.root", "."));
    String page = Evaluation.page(SharedData.find(), root.resolve("testkit/incidents"));
    String file =
        arguments.length == 1 ? arguments[0] : root.resolve("docs/evaluation.md").toString();
    if (file.equals("-")) {
      System.out.print(page);
    } else {
      Files.writeString(Path.of(file), page);
      System.err.println("written: " + file);
    }
  }
}
