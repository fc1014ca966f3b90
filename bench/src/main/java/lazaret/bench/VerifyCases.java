package lazaret.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import lazaret.bench.BenchTable.Beside;
import lazaret.bench.Launcher.Mirror;
import lazaret.bench.speed.RowResult;
import lazaret.bench.speed.SpeedRow;
import lazaret.storage.files.DataFolderFiles;
import lazaret.testkit.SharedData;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.IndexLimits;

/// `vetting-cli verify` of a lockfile with a thousand packages, from the start of the process to
/// its end. It is compared with cargo-audit on the same lockfile with the same advisories. The
/// variants are: offline with a feed file, against a server without feeds and with both of them
/// just imported, and with a store folder.
final class VerifyCases {
  private static final double TARGET_MILLIS = 200;
  private static final int PACKAGES = 1_000;
  private static final String AUDIT = "cargo-audit";
  private static final String FOLDER = "store folder";
  private static final String FIRST = ", the first time";
  private static final String OFFLINE = "offline, feed file";
  private static final String SERVER = "server";
  private static final String FEEDS = "server, both feeds";
  private static final String OLD_FEEDS = "server, both feeds, their newest records old";
  private static final Map<String, SpeedRow> ROWS =
      Map.of(
          OFFLINE,
          SpeedRow.VERIFY_OFFLINE,
          SERVER,
          SpeedRow.VERIFY_SERVER,
          FEEDS,
          SpeedRow.VERIFY_FEEDS,
          OLD_FEEDS,
          SpeedRow.VERIFY_OLD_FEEDS);

  private final Bench bench;
  private final Path work;
  private final String upstream;

  VerifyCases(Bench bench) {
    this.bench = bench;
    this.work = bench.work().resolve("verify");
    this.upstream = SharedData.find().map(s -> s.upstream().toString()).orElse("");
  }

  /// One run of one command.
  private record Run(double wallMillis, double cpuMillis) {}

  void run() {
    Optional<SharedData> shared = SharedData.find();
    if (shared.isEmpty()) {
      bench.table().skipped("verify", "no shared data");
      return;
    }
    bench.say("verifying a lockfile of " + PACKAGES + " packages");
    try {
      Files.createDirectories(work);
      Files.writeString(work.resolve("Cargo.lock"), lockfile(shared.get().upstream()));
      run(shared.get());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare the lockfile", e);
    }
  }

  private void run(SharedData shared) throws IOException {
    SharedFeeds feeds = SharedFeeds.of(shared);
    String feed = feeds.rustsec().toString();
    Mirror mirror = Mirror.of(upstream, bench.launcher().dataFolder());
    Map<String, List<String>> commands = new LinkedHashMap<>();
    audit(shared, feed).ifPresent(command -> commands.put(AUDIT, command));
    commands.put(OFFLINE, ours("--feed", feed));
    try (Server server = bench.launcher().mirror(mirror)) {
      Path token = mirror.data().resolve(DataFolderFiles.ADMIN_TOKEN);
      List<String> asking = ours("--server", server.url(), "--token-file", token.toString());
      commands.put(SERVER, asking);
      measure(commands);
      ofTheServer(server, "without feeds", asking);
      feeds.importBoth(server, mirror);
      measure(Map.of(OLD_FEEDS, asking));
      SharedFeeds fresh = feeds.asOfToday(Files.createDirectories(work.resolve("fresh")));
      Runnable importing = () -> fresh.importBoth(server, mirror);
      importing.run();
      measure(Map.of(FEEDS, asking));
      ofTheServer(server, "both feeds", asking);
      // The effect of repeated imports with unchanged content on the caches.
      measure(Map.of("server, both feeds imported a moment ago, every time", asking), importing);
      commands.clear();
    }
    commands.put(FOLDER, ours("--data-dir", mirror.data().toString()));
    measure(commands);
  }

  private List<String> ours(String... options) {
    List<String> command = new ArrayList<>();
    command.add(bench.launcher().program("vetting-cli").toString());
    command.addAll(List.of("verify", work.resolve("Cargo.lock").toString()));
    command.addAll(List.of(options));
    return command;
  }

  /// Unpacks cargo-audit, and the database in the form that it requires: a git repository.
  private Optional<List<String>> audit(SharedData shared, String feed) throws IOException {
    Path packed = shared.folder().resolve("tools/cargo-audit.xz");
    if (!Files.isRegularFile(packed) || Tool.find("git").isEmpty() || Tool.find("xz").isEmpty()) {
      bench.table().skipped("verify, cargo-audit", "no shared tools, git or xz");
      return Optional.empty();
    }
    Path program = work.resolve("cargo-audit");
    Path database = Files.createDirectories(work.resolve("db"));
    for (String step :
        List.of(
            "xz -dc '%s' > '%s' && chmod +x '%2$s'".formatted(packed, program),
            "tar -xzf '%s' -C '%s' --strip-components=1".formatted(feed, database),
            "cd '%s' && git init -q && git add -A".formatted(database),
            "cd '%s' && git -c user.name=bench -c user.email=bench@localhost commit -q -m all"
                .formatted(database))) {
      var _ = Tool.run(Duration.ofMinutes(1), List.of("bash", "-c", step));
    }
    return Optional.of(
        List.of(
            program.toString(),
            "audit",
            "--no-fetch",
            "--stale",
            "--db",
            database.toString(),
            "-f",
            work.resolve("Cargo.lock").toString()));
  }

  private void measure(Map<String, List<String>> commands) {
    measure(commands, () -> {});
  }

  /// Runs the commands in turn, each once before it counts, so that everything kept between runs
  /// exists.
  ///
  /// @param before work before each run, which is not measured
  private void measure(Map<String, List<String>> commands, Runnable before) {
    Map<String, List<Run>> runs = new LinkedHashMap<>();
    int rounds = bench.options().quick() ? 5 : 15;
    for (int round = 0; round <= rounds; round++) {
      for (Map.Entry<String, List<String>> each : commands.entrySet()) {
        before.run();
        Run run = time(each.getValue());
        String name = each.getKey() + (round == 0 ? FIRST : "");
        runs.computeIfAbsent(name, _ -> new ArrayList<>()).add(run);
      }
    }
    List<Run> audit = runs.getOrDefault(AUDIT, List.of());
    runs.forEach(
        (name, own) -> {
          if (!name.startsWith(AUDIT)) {
            row(name, audit, own);
          }
        });
  }

  /// Measures the processor time of a server for a repeated request.
  private void ofTheServer(Server server, String what, List<String> asking) {
    int times = 10;
    long before = server.cpuMicros();
    for (int i = 0; i < times; i++) {
      var _ = time(asking);
    }
    double millis = (server.cpuMicros() - before) / 1e3 / times;
    bench
        .table()
        .figure(
            "verify, server, %s: its own processor time".formatted(what),
            "",
            BenchTable.number("%.0f ms", millis));
  }

  private void row(String name, List<Run> audit, List<Run> own) {
    double target = name.endsWith(FIRST) || name.startsWith(FOLDER) ? Double.NaN : TARGET_MILLIS;
    String cpu = " (cpu %.0f ms)".formatted(median(own, Run::cpuMillis));
    String ours = "verify, " + name + cpu;
    double wall = median(own, Run::wallMillis);
    SpeedRow row = ROWS.get(name);
    if (row != null) {
      double reference = audit.isEmpty() ? Double.NaN : median(audit, Run::wallMillis);
      bench.table().measured(new RowResult(row, reference, wall, wall), cpu);
    } else if (audit.isEmpty() && Double.isNaN(target)) {
      bench.table().figure(ours, "", BenchTable.number("%.0f ms", wall));
    } else if (audit.isEmpty()) {
      bench.table().ceiling(ours, "%.0f ms", target, wall);
    } else {
      String theirs = "cargo-audit (cpu %.0f ms)".formatted(median(audit, Run::cpuMillis));
      Beside beside = new Beside(theirs, median(audit, Run::wallMillis));
      bench.table().ceiling(ours, "%.0f ms", target, beside, wall);
    }
  }

  private static double median(List<Run> runs, ToDoubleFunction<Run> part) {
    return Sample.median(runs.stream().mapToDouble(part).toArray());
  }

  /// Measures one run. Both programs find problems that stop a build, so neither ends with 0; only
  /// the times count here.
  private Run time(List<String> command) {
    List<String> timed = new ArrayList<>();
    timed.addAll(List.of("bash", "-c", "TIMEFORMAT='%R %U %S'; time \"$@\" >out 2>&1; true", "-"));
    timed.addAll(command);
    Map<String, String> environment =
        Map.of("XDG_CACHE_HOME", work.resolve("cache").toString(), "LAZARET_UPSTREAM", upstream);
    String[] times =
        Tool.run(Duration.ofMinutes(1), work, environment, timed).text().strip().split(" ", -1);
    double millis = 1_000;
    return new Run(
        millis * Double.parseDouble(times[0]),
        millis * (Double.parseDouble(times[1]) + Double.parseDouble(times[2])));
  }

  /// Returns a lockfile as large as that of a large workspace: versions of the shared slice,
  /// distributed evenly.
  ///
  /// @param upstream the slice in the layout of a folder upstream
  private static String lockfile(Path upstream) throws IOException {
    List<IndexEntry> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(upstream.resolve("index"))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        if (CrateName.isValid(name)) {
          Bytes text = Bytes.of(Files.readAllBytes(file));
          IndexFile.parse(CrateName.parse(name), text, IndexLimits.DEFAULT).entries().stream()
              .filter(entry -> !entry.yanked())
              .forEach(all::add);
        }
      }
    }
    StringBuilder lock = new StringBuilder("version = 4\n");
    for (long i = 0; i < PACKAGES; i++) {
      IndexEntry entry = all.get((int) (i * all.size() / PACKAGES));
      lock.append("\n[[package]]\nname = \"").append(entry.name());
      lock.append("\"\nversion = \"").append(entry.version());
      lock.append("\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"");
      lock.append("\nchecksum = \"").append(entry.cksum()).append("\"\n");
    }
    return lock.toString();
  }
}
