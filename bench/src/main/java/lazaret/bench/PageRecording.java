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
import lazaret.bench.Options.Group;
import lazaret.bench.speed.MachineInfo;
import lazaret.bench.speed.MarkedBlock;
import lazaret.bench.speed.RowResult;
import lazaret.bench.speed.SpeedTable;

/// Measurements that are written to pages of `docs/` with date, commit and machine: three runs of
/// all rows of the table of speed, or one run of cases with a table of their own.
final class PageRecording {
  private static final int RUNS = 3;

  /// The tables that one run fills.
  private static final List<Part> PARTS =
      List.of(
          new Part(Group.FOLLOW, "scale.md", MarkedBlock.FOLLOW),
          new Part(Group.CLUSTER, "performance.md", MarkedBlock.CLUSTER));

  private final Options options;
  private final Path root;
  private final LocalDate date = LocalDate.now(Clock.systemUTC());
  private final String commit;

  /// A table of a page that one run fills.
  private record Part(Group group, String page, MarkedBlock block) {}

  /// @param root root folder of this repository
  PageRecording(Options options, Path root) {
    this.options = options;
    this.root = root;
    this.commit = commit();
  }

  /// Measures and writes.
  ///
  /// @throws IOException if a page cannot be read or written
  /// @throws IllegalArgumentException if a page has no place for its table
  /// @throws IllegalStateException if a case was not measured
  void run() throws IOException {
    List<Part> parts = PARTS.stream().filter(part -> options.has(part.group())).toList();
    if (parts.isEmpty()) {
      speed();
    } else {
      once(parts);
    }
  }

  private void speed() throws IOException {
    Path page = place("performance.md", MarkedBlock.SPEED);
    List<List<RowResult>> runs = new ArrayList<>();
    for (int run = 1; run <= RUNS; run++) {
      System.err.printf("run %d of %d%n", run, RUNS);
      runs.add(Main.measure(options, root).results());
    }
    write(page, MarkedBlock.SPEED, head(RUNS + " runs") + new SpeedTable(runs).markdown());
  }

  private void once(List<Part> parts) throws IOException {
    for (Part part : parts) {
      Path _ = place(part.page(), part.block());
    }
    Map<MarkedBlock, String> tables = Main.measure(options, root).blocks();
    List<String> missing = new ArrayList<>();
    for (Part part : parts) {
      String table = tables.get(part.block());
      if (table == null) {
        missing.add(part.group().word());
      } else {
        write(place(part.page(), part.block()), part.block(), head("1 run") + table);
      }
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException("not measured, not written: " + String.join(", ", missing));
    }
  }

  /// Returns a page. One without a place for a table is found before the runs and not after them.
  private Path place(String name, MarkedBlock block) throws IOException {
    Path page = root.resolve("docs").resolve(name);
    String _ = block.in(Files.readString(page));
    return page;
  }

  private String head(String runs) throws IOException {
    return "%s, commit %s, %s: %s.\n\n".formatted(date, commit, runs, MachineInfo.current());
  }

  private static void write(Path page, MarkedBlock block, String part) throws IOException {
    Files.writeString(page, block.replaced(Files.readString(page), part));
    System.out.print(part);
    System.err.println("written: " + page);
  }

  /// Returns the commit of the measured sources.
  private String commit() {
    String head = git("rev-parse", "--short=8", "HEAD");
    boolean isChanged = !git("status", "--porcelain", "--untracked-files=no").isEmpty();
    return isChanged ? head + " with changes" : head;
  }

  private String git(String... arguments) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    return Tool.run(Duration.ofMinutes(1), root, Map.of(), command).text().strip();
  }
}
