package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateProcess;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.GateSettings;
import lazaret.e2e.harness.Programs;
import lazaret.e2e.harness.RunningProgram;
import lazaret.e2e.harness.SandboxScene;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.Fault;
import lazaret.testkit.ScriptedUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The end of `vetting-cli run` by a signal, and the parts of it that a later run loads.
@Tag("all")
class RunEndE2E {
  /// A variable with the prefix of this program. It reaches the command by `--env`.
  private static final String MARK = "LAZARET_RUN_MARK";

  private static final String CHECKS = "run: checking with a gate of this command";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// The classes of a gate, which a run with a valid stamp does not need.
  private static final List<String> OF_A_GATE =
      List.of(
          "lazaret.mirror.Wiring",
          "lazaret.mirror.server.HttpServer",
          "lazaret.vetting.gate.Gate",
          "lazaret.vetting.desk.Desk",
          "lazaret.cli.run.RunGate",
          "org.rocksdb.RocksDB",
          "io.helidon.webserver.WebServer");

  private final Path home = WorkFolder.folder("run-home");
  private ScriptedUpstream upstream;

  @BeforeEach
  void start() {
    var _ = SandboxScene.sandbox();
    var _ = SandboxScene.toolchain();
    upstream = ScriptedUpstream.start(Crates.alphaAndBeta());
  }

  @AfterEach
  void close() {
    if (upstream != null) {
      upstream.close();
    }
  }

  private CliProcess alone(CargoProjectFolder project, String mark) {
    return CliProcess.alone()
        .env("XDG_DATA_HOME", home.toString())
        .env(MARK, mark)
        .in(project.folder());
  }

  private String[] words(String... command) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "run",
                "--upstream",
                "sparse+" + upstream.indexUrl(),
                "--feeds",
                "none",
                "--cache",
                home.resolve("cache").toString(),
                "--env",
                MARK,
                "--"));
    all.addAll(List.of(command));
    return all.toArray(String[]::new);
  }

  private static CargoProjectFolder project() {
    return CargoProjectFolder.with("alpha = \"1\"");
  }

  /// Returns the processes inside of the sandbox.
  private static List<ProcessHandle> inside(String mark, Process run) {
    return RunningProgram.with(MARK, mark).stream().filter(p -> p.pid() != run.pid()).toList();
  }

  /// Ctrl-C has no effect on programs of a shell that started the tests in the background.
  private static void assumeSignals(String signal) throws IOException {
    long ignored =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
            .sum();
    assumeFalse(signal.equals("INT") && (ignored & 2) != 0, "these tests ignore Ctrl-C");
  }

  private static void end(Process run, String signal, List<ProcessHandle> others) throws Exception {
    Programs.run(PATIENCE, "kill", "-" + signal, Long.toString(run.pid())).ok();
    assertThat(run.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    for (ProcessHandle each : others) {
      each.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "KILL"})
  void nothingOfTheCommandStays(String signal) throws Exception {
    assumeSignals(signal);
    CargoProjectFolder project = project();
    String mark = signal + System.nanoTime();
    Process run = alone(project, mark).start(words("sh", "-c", "setsid sleep 1000 & sleep 1000"));
    try {
      GateScene.await("the command to run", PATIENCE, () -> inside(mark, run).size() >= 2);
      List<ProcessHandle> others =
          Stream.concat(run.descendants(), inside(mark, run).stream()).toList();

      end(run, signal, others);

      assertThat(RunningProgram.with(MARK, mark)).isEmpty();
    } finally {
      run.destroyForcibly();
    }
    assertThat(alone(project, mark).run(words("true")).ok().err()).doesNotContain(CHECKS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "KILL"})
  void nothingOfTheGateStays(String signal) throws Exception {
    assumeSignals(signal);
    CargoProjectFolder project = project();
    String mark = signal + System.nanoTime();
    upstream.script("/index/al/ph/alpha", new Fault.StallBeforeHeaders());
    Process run = alone(project, mark).start(words("true"));
    try {
      GateScene.await(
          "the gate to ask upstream", PATIENCE, () -> upstream.count("/index/al/ph/alpha") > 0);

      end(run, signal, run.descendants().toList());

      assertThat(RunningProgram.with(MARK, mark)).isEmpty();
    } finally {
      run.destroyForcibly();
    }
    upstream.heal();
    assertThat(alone(project, mark).run(words("true")).ok().err()).contains(CHECKS);
  }

  /// Each class costs time at each start.
  @Test
  void aLaterRunLoadsNoClassOfAGate() throws IOException {
    CargoProjectFolder project = project();
    Path log = home.resolve("classes");
    alone(project, "first").run(words("true")).ok();

    alone(project, "second").option("-Xlog:class+load=info:file=" + log).run(words("true")).ok();

    List<String> loaded;
    try (Stream<String> lines = Files.lines(log)) {
      loaded = lines.map(RunEndE2E::className).toList();
    }
    assertThat(loaded).contains("lazaret.cli.run.RunVerb").doesNotContainAnyElementsOf(OF_A_GATE);
  }

  /// Returns the class of a line like `[0.1s][info][class,load] a.B source: file:/c.jar`.
  private static String className(String line) {
    String rest = line.substring(line.lastIndexOf(']') + 1).strip();
    int end = rest.indexOf(' ');
    return end < 0 ? rest : rest.substring(0, end);
  }

  /// A server creates no store in a folder that has other files.
  @Test
  void aServerCreatesItsStoreInTheDefaultFolder() {
    alone(project(), "before").run(words("true")).ok();
    GateSettings settings =
        GateSettings.over(home.resolve("lazaret"), upstream)
            .variable("XDG_DATA_HOME", home.toString());

    try (GateProcess gate = GateProcess.start(settings)) {
      assertThat(gate.token()).isNotEmpty();
    }
    assertThat(alone(project(), "after").run(words("true")).ok().err()).contains(CHECKS);
  }

  @Test
  void packagesOfAGitRepositoryAreRefused() {
    CargoProjectFolder project =
        CargoProjectFolder.with("tool = { git = \"https://git.example/tool\" }");

    assertThat(alone(project, "git").run(words("true")).exits(125).err())
        .contains("found tool in ")
        .contains("from a Git repository; use 'vetting-cli sandbox' with a server");
    assertThat(upstream.requests()).isEmpty();
  }
}
