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
import lazaret.storage.files.FileTrees;
import lazaret.testkit.ScriptedUpstream;
import lazaret.testkit.SharedData;
import lazaret.testkit.UpstreamContent;

/// `cargo fetch --locked` of the shared projects with the lockfiles of 2026-02-01, always with an
/// empty `CARGO_HOME`. Three sources are compared: nginx as a static registry, a mirror that has
/// everything stored, and an empty mirror with that nginx as upstream.
final class FetchCases {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final List<String> PROJECTS =
      List.of("web-service", "command-line", "crypto-tool");

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
    return bench.options().quick() ? PROJECTS.subList(0, 1) : PROJECTS;
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
    int rounds = bench.options().quick() ? 3 : 5;
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
    double base = Sample.median(direct);
    bench.table().time("fetch " + fetch.name() + ", warm", 1.03, base, Sample.median(warm));
    var cold = cold(fetch, bench.options().quick() ? 2 : 5, index, () -> seconds(fetch, index));
    bench.table().time("fetch " + fetch.name() + ", cold", 1.10, cold.direct(), cold.mirror());
  }

  private record Pair(double direct, double mirror) {}

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

  private void distant(Path slice, Fetch fetch) {
    bench.say("cargo fetch of " + fetch.name() + ", upstream 50 ms away");
    try (ScriptedUpstream upstream = ScriptedUpstream.start(UpstreamContent.ofFolder(slice))) {
      upstream.latency(Duration.ofMillis(50));
      String index = upstream.indexUrl();
      Pair pair = cold(fetch, bench.options().quick() ? 1 : 3, index, () -> seconds(fetch, index));
      bench
          .table()
          .time("fetch " + fetch.name() + ", cold, 50 ms", 1.05, pair.direct(), pair.mirror());
    }
  }

  private double seconds(Fetch fetch, String index) {
    Path home = cargoHome();
    try {
      Files.writeString(
          home.resolve("config.toml"),
          "[source.crates-io]\nreplace-with = \"measured\"\n\n[source.measured]\nregistry = \"sparse+"
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
