package lazaret.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.bench.Launcher.Mirror;
import lazaret.sandbox.RelaySocket;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.SandboxLimits;
import lazaret.sandbox.SandboxMode;
import lazaret.sandbox.SandboxPolicy;
import lazaret.sandbox.SandboxPolicy.Access;
import lazaret.sandbox.SandboxPolicy.Folders;
import lazaret.sandbox.SandboxPolicy.OffLimits;
import lazaret.sandbox.SandboxPolicy.Project;
import lazaret.sandbox.SandboxReport;
import lazaret.sandbox.SandboxReport.Ending;
import lazaret.sandbox.bubblewrap.BubblewrapSandbox;
import lazaret.sandbox.bubblewrap.SandboxPaths;
import lazaret.sandbox.cargo.RustToolchain;
import lazaret.sandbox.relay.CargoRelayConfig;
import lazaret.sandbox.relay.GateEndpoint;
import lazaret.sandbox.relay.RelayLimits;
import lazaret.sandbox.relay.RelayScope;
import lazaret.sandbox.relay.RelaySession;
import lazaret.storage.files.DataFolderFiles;
import lazaret.testkit.ScriptedUpstream;
import lazaret.testkit.SharedData;
import lazaret.testkit.UpstreamContent;

/// Cases of the sandbox with its reports, compared with the same work without it. They are a start,
/// the processor time of a real build, and a fetch from the same mirror. Builds and fetches of both
/// sides alternate.
final class SandboxCases {
  private static final Duration LIMIT = Duration.ofMinutes(20);
  private static final double TARGET_START = 40;
  private static final double TARGET_BUILD = 1.03;
  private static final double TARGET_FETCH = 1.1;
  private static final double TARGET_RUN = 300;
  private static final String PROJECT = "crypto-tool";

  /// The smallest shared project, in whose fetch the start has the largest share, and the largest
  /// one.
  private static final List<String> FETCHED = List.of(PROJECT, "web-service");

  private static final List<String> FETCH =
      List.of("cargo", "fetch", "--locked", "--target", "x86_64-unknown-linux-gnu");

  /// The second line of the output of the shell builtin `times`: user and system time of its
  /// children.
  private static final Pattern TIMES = Pattern.compile("(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s\\s*$");

  private final Bench bench;
  private int folders;

  SandboxCases(Bench bench) {
    this.bench = bench;
  }

  void run() {
    Optional<SharedData> shared = SharedData.find();
    try {
      BubblewrapSandbox sandbox = BubblewrapSandbox.of(System.getenv("PATH"));
      RustToolchain toolchain =
          RustToolchain.find(System.getenv(), Path.of(System.getProperty("user.home")));
      start(new Location(sandbox, toolchain, folder("project")));
      if (shared.isEmpty()) {
        bench.table().skipped("sandbox, build and fetch", "no shared data");
        return;
      }
      Path slice = shared.get().upstream().toAbsolutePath().normalize();
      FetchCases projects = new FetchCases(bench);
      try (ScriptedUpstream upstream = ScriptedUpstream.start(UpstreamContent.ofFolder(slice));
          Server mirror =
              bench
                  .launcher()
                  .mirror(Mirror.of(upstream.indexUrl(), bench.launcher().dataFolder()))) {
        for (String project : bench.options().quick() ? List.of(PROJECT) : FETCHED) {
          fetch(project, new Location(sandbox, toolchain, projects.copy(slice, project)), mirror);
        }
        build(new Location(sandbox, toolchain, projects.copy(slice, PROJECT)), mirror);
        again(new Location(sandbox, toolchain, projects.copy(slice, PROJECT)), upstream.indexUrl());
      }
    } catch (SandboxException e) {
      bench.table().skipped("sandbox", String.valueOf(e.getMessage()));
    }
  }

  private record Location(BubblewrapSandbox sandbox, RustToolchain toolchain, Path project) {
    Path cargo() {
      return toolchain.sysroot().resolve("bin/cargo");
    }
  }

  private void start(Location place) {
    bench.say("sandbox, start");
    int rounds = bench.options().quick() ? 15 : 40;
    var bare = new double[rounds];
    var inside = new double[rounds];
    SandboxPolicy policy = sealed(place, List.of("true"), Optional.empty());
    var _ = inside(place, policy, OutputStream.nullOutputStream());
    for (int i = 0; i < rounds; i++) {
      bare[i] = Tool.run(LIMIT, List.of("true")).nanos() / 1e6;
      long begin = System.nanoTime();
      var _ = inside(place, policy, OutputStream.nullOutputStream());
      inside[i] = (System.nanoTime() - begin) / 1e6;
    }
    bench
        .table()
        .ceiling(
            "sandbox, start over bare",
            "%.1f ms",
            TARGET_START,
            Sample.median(inside) - Sample.median(bare));
  }

  private void fetch(String project, Location place, Server mirror) {
    bench.say("sandbox, cargo fetch of " + project);
    int rounds = bench.options().quick() ? 9 : 15;
    var bare = new double[rounds];
    var inside = new double[rounds];
    // Fills the mirror.
    var _ = inNewHome(home -> fetchBare(place, mirror, home));
    for (int i = 0; i < rounds; i++) {
      boolean isBareFirst = i % 2 == 0;
      bare[i] = isBareFirst ? inNewHome(home -> fetchBare(place, mirror, home)) : 0;
      inside[i] = inNewHome(home -> fetchInside(place, mirror, home));
      bare[i] = isBareFirst ? bare[i] : inNewHome(home -> fetchBare(place, mirror, home));
    }
    bench
        .table()
        .time(
            "sandbox, fetch of " + project,
            TARGET_FETCH,
            Sample.median(bare),
            Sample.median(inside));
  }

  /// Measures a fetch with a new home folder, in memory if there is a folder for that. On a disk,
  /// unpacking would dominate the time.
  private double inNewHome(ToDoubleFunction<Path> fetch) {
    String memory = System.getProperty("lazaret.bench.memory");
    Path home = memory == null ? folder("home") : Path.of(memory, "home-" + ++folders);
    try {
      return fetch.applyAsDouble(Files.createDirectories(home));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + home, e);
    } finally {
      FetchCases.delete(home);
    }
  }

  private double fetchBare(Location place, Server mirror, Path home) {
    List<String> command = new ArrayList<>(FETCH);
    command.set(0, place.cargo().toString());
    command.addAll(List.of("--config", "source.crates-io.replace-with=\"measured\""));
    command.addAll(
        List.of("--config", "source.measured.registry=\"sparse+" + mirror.at("/index/") + "\""));
    return Tool.run(LIMIT, place.project(), Map.of("CARGO_HOME", home.toString()), command).nanos()
        / 1e9;
  }

  private double fetchInside(Location place, Server mirror, Path home) {
    List<String> command = new ArrayList<>(FETCH);
    CargoRelayConfig.of(Path.of(SandboxPaths.GATE))
        .forEach(s -> command.addAll(List.of("--config", s)));
    var terms =
        new RelaySession.Terms(
            new GateEndpoint(mirror.at(""), Optional.empty(), Optional.empty()),
            new RelayScope.Resolution(),
            RelayLimits.DEFAULTS);
    long begin = System.nanoTime();
    try (RelaySession session = RelaySession.open(Path.of("/tmp"), terms)) {
      Access access = new Access(SandboxMode.FETCH, false, true);
      Reach reach = new Reach(Optional.of(home), Optional.of(session));
      var _ = inside(place, policy(place, command, access, reach), OutputStream.nullOutputStream());
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  private void build(Location place, Server mirror) {
    bench.say("sandbox, cargo build of " + PROJECT);
    Path home = folder("home");
    try {
      Files.writeString(
          home.resolve("config.toml"), CargoRelayConfig.file(Path.of(SandboxPaths.GATE)));
      var _ = fetchInside(place, mirror, home);
      int rounds = bench.options().quick() ? 3 : 7;
      var bare = new double[rounds];
      var inside = new double[rounds];
      for (int i = 0; i < rounds; i++) {
        // The second side has warmer caches and a hotter processor.
        boolean isBareFirst = i % 2 == 0;
        bare[i] = isBareFirst ? buildBare(place, home) : 0;
        inside[i] = buildInside(place, home);
        bare[i] = isBareFirst ? bare[i] : buildBare(place, home);
      }
      bench
          .table()
          .time(
              "sandbox, build, processor time",
              TARGET_BUILD,
              Sample.median(bare),
              Sample.median(inside));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare " + home, e);
    }
  }

  /// Measures `vetting-cli run` of a project that was built before, compared with cargo offline.
  /// Neither has anything to compile.
  private void again(Location place, String index) {
    bench.say("vetting-cli run of " + PROJECT + ", again");
    Path data = folder("run");
    Map<String, String> own =
        Map.of(
            "PATH", place.cargo().getParent() + ":/usr/bin:/bin", "XDG_DATA_HOME", data.toString());
    List<String> run =
        List.of(
            bench.launcher().program("vetting-cli").toString(),
            "run",
            "--feeds=none",
            "--upstream=sparse+" + index,
            "--cache=" + data.resolve("cache"),
            "--",
            "cargo",
            "build",
            "--quiet");
    Path home = folder("home");
    Map<String, String> plain =
        Map.of("CARGO_HOME", home.toString(), "CARGO_TARGET_DIR", folder("target").toString());
    String source = "source.measured.registry=\"sparse+" + index + "\"";
    List<String> cargo =
        List.of(
            place.cargo().toString(),
            "build",
            "--quiet",
            "--config",
            "source.crates-io.replace-with=\"measured\"",
            "--config",
            source);
    List<String> offline = new ArrayList<>(cargo);
    offline.add("--offline");
    var _ = Tool.run(LIMIT, place.project(), plain, cargo);
    // The first run checks with a gate.
    var _ = Tool.run(LIMIT, place.project(), own, run);
    String second = Tool.run(LIMIT, place.project(), own, run).text();
    if (second.contains("run: checking")) {
      throw new IllegalStateException("the second run has a gate: " + second);
    }
    int rounds = bench.options().quick() ? 7 : 20;
    var bare = new double[rounds];
    var inside = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      boolean isBareFirst = i % 2 == 0;
      bare[i] = isBareFirst ? millis(place, plain, offline) : 0;
      inside[i] = millis(place, own, run);
      bare[i] = isBareFirst ? bare[i] : millis(place, plain, offline);
    }
    bench
        .table()
        .ceiling(
            "run, again, over plain cargo",
            "%.0f ms",
            TARGET_RUN,
            Sample.median(inside) - Sample.median(bare));
  }

  private static double millis(
      Location place, Map<String, String> environment, List<String> command) {
    return Tool.run(LIMIT, place.project(), environment, command).nanos() / 1e6;
  }

  private double buildBare(Location place, Path home) {
    Map<String, String> environment =
        Map.of(
            "PATH",
            place.cargo().getParent() + ":/usr/bin",
            "CARGO_HOME",
            home.toString(),
            "CARGO_TARGET_DIR",
            folder("target").toString());
    return children(Tool.run(LIMIT, place.project(), environment, timed()).text());
  }

  /// Returns the processor time of a build in the sandbox. It includes that of the launcher, which
  /// supervises and relays output.
  private double buildInside(Location place, Path home) {
    var out = new ByteArrayOutputStream();
    long own = ownNanos();
    var _ = inside(place, sealed(place, timed(), Optional.of(home)), out);
    return children(out.toString(StandardCharsets.UTF_8)) + (ownNanos() - own) / 1e9;
  }

  private static List<String> timed() {
    return List.of("sh", "-c", "cargo build --frozen --quiet && times");
  }

  private static double children(String text) {
    Matcher times = TIMES.matcher(text);
    if (!times.find()) {
      throw new IllegalStateException("no times in '" + text + "'");
    }
    double minutes = Double.parseDouble(times.group(1)) + Double.parseDouble(times.group(3));
    return minutes * 60 + Double.parseDouble(times.group(2)) + Double.parseDouble(times.group(4));
  }

  private static long ownNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private SandboxPolicy sealed(Location place, List<String> command, Optional<Path> home) {
    return policy(place, command, Access.USUAL, new Reach(home, Optional.empty()));
  }

  /// @param home package cache
  /// @param session the session at the gate
  private record Reach(Optional<Path> home, Optional<RelaySocket> session) {}

  private SandboxPolicy policy(Location place, List<String> command, Access access, Reach reach) {
    return new SandboxPolicy(
        command,
        access,
        new Folders(
            Project.of(place.project()),
            folder("target"),
            place.toolchain().sysroot(),
            reach.home(),
            Optional.empty(),
            reach.session(),
            new OffLimits(List.of(), DataFolderFiles.MARKER)),
        Map.of(),
        SandboxLimits.USUAL);
  }

  private static SandboxReport inside(Location place, SandboxPolicy policy, OutputStream out) {
    var err = new ByteArrayOutputStream();
    SandboxReport report = place.sandbox().run(policy, out, err);
    if (!report.ending().equals(new Ending.Exited(0)) || !report.violations().isEmpty()) {
      throw new IllegalStateException(report + ":\n" + err.toString(StandardCharsets.UTF_8));
    }
    return report;
  }

  private Path folder(String name) {
    try {
      return Files.createDirectories(bench.work().resolve("sandbox/" + ++folders).resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a folder", e);
    }
  }
}
