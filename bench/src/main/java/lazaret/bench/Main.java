package lazaret.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import lazaret.bench.speed.RowResult;
import org.jspecify.annotations.Nullable;

/// The benchmarks of the mirror against nginx with the same bytes. They print one table and check
/// nothing: a person must judge the figures of one machine on one day.
public final class Main {
  private Main() {}

  /// Runs the benchmarks.
  ///
  /// @param arguments see `--help`; the system property `lazaret.root` names the repository
  /// @throws IOException if the temporary folder cannot be created, or the page of the table cannot
  ///   be written
  public static void main(String[] arguments) throws IOException {
    Options options = Options.parse(List.of(arguments));
    if (options == null) {
      boolean asked = List.of("--help", "-h").contains(arguments[0]);
      (asked ? System.out : System.err).print(Options.usage());
      System.exit(asked ? 0 : 2);
      return;
    }
    String missing = options.needsTools() ? missing() : null;
    if (missing != null) {
      System.err.println(missing);
      System.exit(3);
    }
    Path root = Path.of(System.getProperty("lazaret.root", ".")).toAbsolutePath().normalize();
    if (options.recording()) {
      new SpeedRecording(options, root).run();
    } else {
      var _ = measure(options, root);
    }
  }

  /// Measures once, and prints the table.
  ///
  /// @return results of the rows of the table of speed
  static List<RowResult> measure(Options options, Path root) throws IOException {
    var bench = new Bench(options, root, Files.createTempDirectory("lazaret-bench"));
    try {
      bench.run();
      return bench.table().results();
    } finally {
      System.out.print(bench.table());
      bench.clean();
    }
  }

  private static @Nullable String missing() {
    List<String> tools =
        Stream.of("nginx", "wrk", "h2load", "openssl").filter(t -> Tool.find(t).isEmpty()).toList();
    return tools.isEmpty()
        ? null
        : "cannot measure without " + String.join(", ", tools) + " in PATH";
  }
}
