package lazaret.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lazaret.bench.speed.MachineInfo;
import lazaret.bench.speed.MarkedBlock;
import lazaret.bench.speed.RowResult;
import lazaret.bench.speed.SpeedTable;

/// Three runs of all rows of the table of speed, written to `docs/performance.md` with date, commit
/// and machine.
final class SpeedRecording {
  private static final int RUNS = 3;

  private final Options options;
  private final Path root;

  /// @param root root folder of this repository
  SpeedRecording(Options options, Path root) {
    this.options = options;
    this.root = root;
  }

  /// Measures and writes.
  ///
  /// @throws IOException if the page cannot be read or written
  /// @throws IllegalArgumentException if the page has no place for the table
  void run() throws IOException {
    Path page = root.resolve("docs").resolve("performance.md");
    // A page without a place for the table is found before the runs and not after them.
    var _ = MarkedBlock.SPEED.in(Files.readString(page));
    String commit = commit();
    LocalDate date = LocalDate.now(Clock.systemUTC());
    List<List<RowResult>> runs = new ArrayList<>();
    for (int run = 1; run <= RUNS; run++) {
      System.err.printf("run %d of %d%n", run, RUNS);
      runs.add(Main.measure(options, root));
    }
    String head =
        "%s, commit %s, %d runs: %s.\n\n".formatted(date, commit, RUNS, MachineInfo.current());
    String part = head + new SpeedTable(runs).markdown();
    Files.writeString(page, MarkedBlock.SPEED.replaced(Files.readString(page), part));
    System.out.print(part);
    System.err.println("written: " + page);
  }

  /// Returns the commit of the measured sources.
  private String commit() {
    String commit = git("rev-parse", "--short=8", "HEAD");
    boolean isChanged = !git("status", "--porcelain", "--untracked-files=no").isEmpty();
    return isChanged ? commit + " with changes" : commit;
  }

  private String git(String... arguments) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    return Tool.run(Duration.ofMinutes(1), root, Map.of(), command).text().strip();
  }
}
