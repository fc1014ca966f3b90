package lazaret.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import lazaret.bench.BenchTable.Beside;
import lazaret.bench.speed.RowResult;
import lazaret.bench.speed.SpeedRow;

/// Bundle operations compared with system programs on the same bytes. Export is compared with `tar`
/// and `sha256sum`, check with `sha256sum`, and import with `cp` and `sha256sum`; all written data
/// is on disk at the end. Each step is a process with a heap of 128 MiB, started as the start
/// script starts the bundle verbs. Both sides alternate.
final class BundleCases {
  private static final Duration LIMIT = Duration.ofMinutes(20);
  private static final String HEAP = "-Xmx128m";
  private static final int VERSIONS = 20_000;
  private static final int QUICK_VERSIONS = 4_000;
  private static final int CRATES = 250_000;
  private static final int QUICK_CRATES = 25_000;
  private static final double TARGET_IMPORT = 1.6;
  private static final double TARGET_EXPORT = 1.5;
  private static final double TARGET_DELTA = 2;

  private final Bench bench;
  private final Path work;
  private final int rounds;

  BundleCases(Bench bench) {
    this.bench = bench;
    this.work = bench.work().resolve("bundle");
    this.rounds = bench.options().quick() ? 3 : 5;
  }

  void run() {
    try {
      Files.createDirectories(work);
      artifacts();
      if (!bench.options().recording()) {
        delta();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot measure bundles in " + work, e);
    }
  }

  /// One run of one side, in seconds.
  private record Run(double wall, double cpu) {}

  /// Both sides of one case, round by round.
  private static final class Pairs {
    private final List<Run> ours = new ArrayList<>();
    private final List<Run> theirs = new ArrayList<>();

    double ratio() {
      double[] ratios = new double[ours.size()];
      for (int i = 0; i < ratios.length; i++) {
        ratios[i] = ours.get(i).wall() / theirs.get(i).wall();
      }
      return Sample.median(ratios);
    }
  }

  private static double median(List<Run> runs, ToDoubleFunction<Run> part) {
    return Sample.median(runs.stream().mapToDouble(part).toArray());
  }

  private void row(String name, double target, Pairs pairs, String beside) {
    String theirs = "%s (cpu %.2f s)".formatted(beside, median(pairs.theirs, Run::cpu));
    bench
        .table()
        .ratio(
            "bundle, %s (cpu %.2f s)".formatted(name, median(pairs.ours, Run::cpu)),
            target,
            new Beside(theirs, median(pairs.theirs, Run::wall)),
            median(pairs.ours, Run::wall),
            pairs.ratio());
  }

  private void artifacts() throws IOException {
    int versions = bench.options().quick() ? QUICK_VERSIONS : VERSIONS;
    bench.say("bundle of %,d versions".formatted(versions));
    Path outside = work.resolve("outside");
    Path files = work.resolve("files");
    long bytes =
        figure(
            step("fill", outside.toString(), files.toString(), Integer.toString(versions)),
            "bytes");
    Path fresh = work.resolve("fresh");
    Path root = work.resolve("root.json");
    var _ = step("trust", fresh.toString(), root.toString());
    Path bundle = export(outside, work.resolve("bundles"));
    String of = " of %,d versions, %,d MB".formatted(versions, bytes / 1_000_000);
    if (!bench.options().recording()) {
      inTurn(new Folders(outside, files, fresh, bundle), of);
    }
    check(bundle, root, of);
  }

  /// The folders of a bundle.
  ///
  /// @param outside store that is exported
  /// @param files its artifacts as files
  /// @param fresh an empty store that trusts the bundle
  /// @param bundle an exported bundle
  private record Folders(Path outside, Path files, Path fresh, Path bundle) {}

  private void inTurn(Folders folders, String of) throws IOException {
    var export = new Pairs();
    var take = new Pairs();
    for (int i = 0; i < rounds; i++) {
      Path again = work.resolve("again");
      Files.createDirectories(again);
      export.ours.add(timed("export", folders.outside(), again));
      export.theirs.add(shell("tar -cf t -C '%s' . && sync t && sha256sum t", folders.files()));
      delete(again);
      Path inside = work.resolve("inside");
      copy(folders.fresh(), inside);
      take.ours.add(timed("import", inside, folders.bundle()));
      delete(inside);
      take.theirs.add(
          shell("mkdir c && cp '%s'/targets/* c && sync c/* && sha256sum c/*", folders.bundle()));
      var _ = shell("rm -rf t c '%s'", again);
    }
    row("export" + of, TARGET_EXPORT, export, "tar, sync, sha256sum");
    row("import" + of, TARGET_IMPORT, take, "cp, sync, sha256sum");
  }

  private void check(Path bundle, Path root, String of) {
    var check = new Pairs();
    // Measured separately: the kernel handles written and deleted data for a while, on the second
    // processor, which only one side needs.
    var _ = shell("sync && sleep 5 && cat '%s'/targets/* > /dev/null", bundle);
    for (int i = 0; i < 2 * rounds + 1; i++) {
      check.ours.add(timed("check", bundle, root));
      check.theirs.add(shell("sha256sum '%s'/targets/*", bundle));
    }
    String cpu = " (cpu %.2f s)".formatted(median(check.ours, Run::cpu));
    double theirs = median(check.theirs, Run::wall);
    double ours = median(check.ours, Run::wall);
    bench
        .table()
        .measured(new RowResult(SpeedRow.BUNDLE_CHECK, theirs, ours, check.ratio()), of + cpu);
  }

  private void delta() throws IOException {
    int crates = bench.options().quick() ? QUICK_CRATES : CRATES;
    bench.say("delta of a bundle to %,d crates".formatted(crates));
    Path outside = work.resolve("outside-small");
    Path held = work.resolve("held");
    var _ = step("fill-small", outside.toString(), held.toString(), Integer.toString(crates));
    Path bundle = export(outside, work.resolve("deltas"));
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      Path inside = work.resolve("inside");
      copy(held, inside);
      runs.add(timed("import", inside, bundle));
      delete(inside);
    }
    bench
        .table()
        .ceiling(
            "bundle, import of a delta that changes one in a thousand of %,d crates (cpu %.2f s)"
                .formatted(crates, median(runs, Run::cpu)),
            "%.2f s",
            TARGET_DELTA,
            median(runs, Run::wall));
  }

  /// Runs a step whose last figure is the processor time.
  private Run timed(String step, Path... paths) {
    List<String> arguments = new ArrayList<>(List.of(step));
    Stream.of(paths).forEach(path -> arguments.add(path.toString()));
    long start = System.nanoTime();
    List<String> lines = step(arguments.toArray(String[]::new));
    double wall = (System.nanoTime() - start) / 1e9;
    return new Run(wall, figure(lines, "cpu-micros") / 1e6);
  }

  private List<String> step(String... arguments) {
    return Tool.bundleVerb(HEAP, BundleRun.class, arguments);
  }

  private static long figure(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  /// Exports a snapshot, and returns the bundle.
  private Path export(Path outside, Path into) throws IOException {
    Files.createDirectories(into);
    var _ = step("export", outside.toString(), into.toString());
    try (Stream<Path> made = Files.list(into)) {
      return made.findFirst().orElseThrow();
    }
  }

  /// Runs a shell command in the working folder.
  private Run shell(String command, Path argument) {
    String timed = "TIMEFORMAT='%%U %%S'; time { " + command + "; }";
    List<String> words = List.of("bash", "-c", timed.formatted(argument));
    Tool.Result ran = Tool.run(LIMIT, work, Map.of(), words);
    String[] times = ran.text().strip().lines().toList().getLast().split(" ", -1);
    double cpu = Double.parseDouble(times[0]) + Double.parseDouble(times[1]);
    return new Run(ran.nanos() / 1e9, cpu);
  }

  private void copy(Path from, Path to) {
    var _ = shell("cp -a '%s' '" + to + "' && sync '" + to + "'", from);
  }

  private void delete(Path path) {
    var _ = shell("rm -rf '%1$s' '%1$s.highwater'", path);
  }
}
