package lazaret.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import lazaret.bench.Launcher.Mirror;
import lazaret.bench.Launcher.Protocol;
import lazaret.bench.speed.RowResult;
import lazaret.bench.speed.SpeedRow;
import lazaret.storage.files.FileTrees;
import lazaret.testkit.ScriptedUpstream;
import lazaret.testkit.SharedData;
import lazaret.testkit.UpstreamContent;

/// `cargo fetch --locked` of the shared projects with the lockfiles of 2026-02-01, always with an
/// empty `CARGO_HOME`. Three sources are compared: nginx as a static registry, a mirror that has
/// everything stored, and an empty mirror with that nginx as upstream.
final class FetchCases {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /// The project of 212 crates, whose fetches have targets.
  private static final String LARGEST = "web-service";

  private static final String RESULTS = "cargo fetch of 212 crates, cold, with signed results";

  private static final List<String> PROJECTS = List.of(LARGEST, "command-line", "crypto-tool");

  private final Bench bench;
  private int runs;

  FetchCases(Bench bench) {
    this.bench = bench;
  }

  void run() {
    Optional<SharedData> shared = SharedData.find();
    Optional<Path> cargo = Tool.find("cargo");
    if (shared.isEmpty() || cargo.isEmpty()) {
      bench
          .table()
          .skipped("cargo fetch", shared.isEmpty() ? "no shared data" : "no cargo in PATH");
      return;
    }
    Path slice = shared.get().upstream().toAbsolutePath().normalize();
    Path root = registry(slice);
    try (Server nginx = bench.launcher().nginx(Protocol.HTTP_1, root, locations(slice))) {
      for (String project : projects()) {
        loopback(nginx, new Fetch(cargo.get(), copy(slice, project), project));
      }
    }
    for (String project : projects()) {
      distant(slice, new Fetch(cargo.get(), copy(slice, project), project));
    }
  }

  private List<String> projects() {
    boolean few = bench.options().quick() || bench.options().recording();
    return few ? List.of(LARGEST) : PROJECTS;
  }

  private static String[] locations(Path slice) {
    return new String[] {
      "location = /index/config.json { default_type application/json; return 200 "
          + "'{\"dl\":\"http://127.0.0.1:$PORT/crates/{crate}/{crate}-{version}.crate\"}'; }",
      "location /crates/ { root " + slice + "; default_type application/gzip; }"
    };
  }

  /// Creates the folder that nginx serves, with the index of the slice.
  private Path registry(Path slice) {
    Path root = bench.work().resolve("registry");
    try {
      Files.createDirectories(root);
      Files.createSymbolicLink(root.resolve("index"), slice.resolve("index"));
      return root;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lay down the registry", e);
    }
  }

  /// Copies a project with its older lockfile.
  Path copy(Path slice, String project) {
    Path from = slice.resolve("projects").resolve(project);
    Path to = bench.work().resolve("projects-" + ++runs).resolve(project);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
      Files.delete(to.resolve("Cargo.lock"));
      Files.move(to.resolve("Cargo.lock.2026-02-01"), to.resolve("Cargo.lock"));
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot copy the project " + project, e);
    }
  }

  private record Fetch(Path cargo, Path project, String name) {}

  private void loopback(Server nginx, Fetch fetch) {
    bench.say("cargo fetch of " + fetch.name());
    int rounds = bench.options().quick() ? 3 : 15;
    String index = nginx.at("/index/");
    var direct = new double[rounds];
    var warm = new double[rounds];
    Mirror held = Mirror.of(index, bench.launcher().dataFolder());
    try (Server mirror = bench.launcher().mirror(held)) {
      String gate = mirror.at("/index/");
      // Fills the mirror and warms up its JIT compiler.
      for (int i = 0; i < 3; i++) {
        var _ = seconds(fetch, gate);
      }
      var _ = seconds(fetch, index);
      for (int i = 0; i < rounds; i++) {
        direct[i] = seconds(fetch, index);
        warm[i] = seconds(fetch, gate);
      }
    }
    row(fetch, SpeedRow.FETCH_WARM, new Pair(Sample.median(direct), Sample.median(warm)));
    int coldRounds = bench.options().quick() ? 2 : 5;
    Pair cold = cold(fetch, coldRounds, index, () -> seconds(fetch, index));
    row(fetch, SpeedRow.FETCH_COLD, cold);
  }

  private record Pair(double direct, double mirror) {}

  /// Adds a row: that of the table of speed for the largest project, one without a target for the
  /// others.
  private void row(Fetch fetch, SpeedRow row, Pair pair) {
    if (fetch.name().equals(LARGEST)) {
      bench.table().measured(RowResult.ratio(row, pair.direct(), pair.mirror()), "");
    } else {
      String kind = row.title().substring(row.title().indexOf(','));
      bench.table().time("fetch " + fetch.name() + kind, Double.NaN, pair.direct(), pair.mirror());
    }
  }

  /// Measures fetches through mirrors that are empty and newly started, in turn with direct
  /// fetches.
  private Pair cold(Fetch fetch, int rounds, String index, Supplier<Double> direct) {
    var without = new double[rounds];
    var through = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      without[i] = direct.get();
      Mirror empty = Mirror.of(index, bench.launcher().dataFolder());
      try (Server mirror = bench.launcher().mirror(empty)) {
        through[i] = seconds(fetch, mirror.at("/index/"));
      }
    }
    return new Pair(Sample.median(without), Sample.median(through));
  }

  /// Measures fetches through empty mirrors that have the signed inspection results of another one,
  /// in turn with direct fetches.
  void withResults() {
    Optional<SharedData> shared = SharedData.find();
    Optional<Path> cargo = Tool.find("cargo");
    if (shared.isEmpty() || cargo.isEmpty()) {
      bench.table().skipped(RESULTS, shared.isEmpty() ? "no shared data" : "no cargo in PATH");
      return;
    }
    bench.say(RESULTS);
    Path slice = shared.get().upstream().toAbsolutePath().normalize();
    ResultKeys keys = ResultKeys.make(bench.work().resolve("result-keys"));
    Fetch fetch = new Fetch(cargo.get(), copy(slice, LARGEST), LARGEST);
    try (Server nginx =
        bench.launcher().nginx(Protocol.HTTP_1, registry(slice), locations(slice))) {
      String index = nginx.at("/index/");
      Mirror origin = Mirror.of(index, bench.launcher().dataFolder()).with(keys.signing());
      try (Server signing = bench.launcher().mirror(origin)) {
        var _ = seconds(fetch, signing.at("/index/"));
        Pair cold = withResults(fetch, index, keys.following(signing, origin));
        bench.table().time(RESULTS, 2.0, cold.direct(), cold.mirror());
      }
    }
  }

  private Pair withResults(Fetch fetch, String index, ResultKeys.Following following) {
    int rounds = bench.options().quick() ? 2 : 5;
    var without = new double[rounds];
    var through = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      without[i] = seconds(fetch, index);
      Mirror empty = Mirror.of(index, bench.launcher().dataFolder()).with(following.config());
      try (Server mirror = bench.launcher().mirror(empty)) {
        following.await(mirror, empty);
        through[i] = seconds(fetch, mirror.at("/index/"));
        long used = following.used(mirror, empty);
        bench.say("%d results of the other mirror were used".formatted(used));
      }
    }
    return new Pair(Sample.median(without), Sample.median(through));
  }

  private void distant(Path slice, Fetch fetch) {
    bench.say("cargo fetch of " + fetch.name() + ", upstream 50 ms away");
    try (ScriptedUpstream upstream = ScriptedUpstream.start(UpstreamContent.ofFolder(slice))) {
      upstream.latency(Duration.ofMillis(50));
      String index = upstream.indexUrl();
      Pair pair = cold(fetch, bench.options().quick() ? 1 : 3, index, () -> seconds(fetch, index));
      row(fetch, SpeedRow.FETCH_DISTANT, pair);
    }
  }

  private double seconds(Fetch fetch, String index) {
    Path home = cargoHome();
    try {
      Files.writeString(
          home.resolve("config.toml"),
          "[source.crates-io]\nreplace-with = \"measured\"\n\n"
              + "[source.measured]\nregistry = \"sparse+"
              + index
              + "\"\n");
      Map<String, String> environment = new HashMap<>();
      environment.put("CARGO_HOME", home.toString());
      environment.put("CARGO_TERM_PROGRESS_WHEN", "never");
      List<String> command =
          List.of(
              fetch.cargo().toString(),
              "fetch",
              "--locked",
              "--target",
              "x86_64-unknown-linux-gnu");
      return Tool.run(LIMIT, fetch.project(), environment, command).nanos() / 1e9;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare " + home, e);
    } finally {
      delete(home);
    }
  }

  /// Returns a new `CARGO_HOME`, in memory if the system has a folder for that. On a disk,
  /// unpacking would dominate the time.
  private Path cargoHome() {
    Path memory = Path.of("/dev/shm");
    Path parent = Files.isWritable(memory) ? memory : bench.work();
    try {
      return Files.createTempDirectory(parent, "lazaret-bench-cargo");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a CARGO_HOME in " + parent, e);
    }
  }

  /// Deletes a folder with its content.
  static void delete(Path folder) {
    try {
      FileTrees.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder, e);
    }
  }
}
