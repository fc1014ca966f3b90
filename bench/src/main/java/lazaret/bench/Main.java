package lazaret.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The benchmarks of the mirror against nginx with the same bytes. They print one table and check
/// nothing: a person must judge the figures of one machine on one day. Exit codes: 0 measured, 1 a
/// tool or a case failed, 2 wrong options, 3 a tool is missing, 4 a mirror ended by itself.
public final class Main {
  private static final int MIRROR_ENDED = 4;

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
    try {
      if (options.recording()) {
        new PageRecording(options, root).run();
      } else {
        var _ = measure(options, root);
      }
    } catch (RuntimeException e) {
      if (!isOfEndedMirror(e)) {
        throw e;
      }
      e.printStackTrace();
      System.exit(MIRROR_ENDED);
    }
  }

  /// Returns whether a mirror that ended by itself is the cause of a failure. The failure can have
  /// it as a suppressed one, because a case fails first if its mirror does not respond.
  static boolean isOfEndedMirror(RuntimeException e) {
    return e instanceof Server.EndedException
        || Stream.of(e.getSuppressed()).anyMatch(Server.EndedException.class::isInstance);
  }

  /// Measures once, and prints the table.
  ///
  /// @return the table, with the results of the rows of the table of speed
  static BenchTable measure(Options options, Path root) throws IOException {
    var bench = new Bench(options, root, Files.createTempDirectory("lazaret-bench"));
    try {
      bench.run();
      return bench.table();
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
