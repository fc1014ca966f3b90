package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.SandboxScene;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.Fault;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.RequestNumber;
import lazaret.testkit.ScriptedUpstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The command `vetting-cli run` beside a server with the same upstream and the same feed.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunParityE2E {
  private static final String CHECKS = "run: checking with a gate of this command";
  private static final String WAITS = "run: waiting for another run of this user";
  private static final Pattern WORDS = Pattern.compile("use 'vetting-cli --data-dir ([^']+)'");

  /// A crate that is too young for a dependency of others, and old enough for each other rule.
  private static final CrateBuilder FRESH = CrateBuilder.crate("fresh", "1.0.0");

  private static final CrateBuilder TAKEN =
      CrateBuilder.crate("taken", "1.1.0").dependency("fresh", "^1");

  /// The index file of a crate that one test alone uses.
  private static final String SLOW = "/index/sl/ow/slow";

  private final Path home = WorkFolder.folder("run-home");
  private final Path feed = WorkFolder.folder("feed").resolve("ban.toml");
  private SandboxScene scene;

  @BeforeAll
  void start() throws IOException {
    FixtureRegistry registry =
        Crates.aged(
            CrateBuilder.crate("alpha", "1.0.0"),
            CrateBuilder.crate("beta", "1.0.0").dependency("alpha", "^1"),
            CrateBuilder.crate("banned", "1.0.0"),
            CrateBuilder.crate("taken", "1.0.0"),
            CrateBuilder.crate("slow", "1.0.0"),
            CrateBuilder.crate("hostile", "1.0.0").traversal());
    var _ =
        registry.publish(
            CrateBuilder.crate("young", "1.0.0"), Instant.now().minus(Duration.ofHours(1)));
    var _ = registry.publish(FRESH, Instant.now().minus(Duration.ofDays(20)));
    var _ = registry.publish(TAKEN, Instant.now().minus(Duration.ofDays(15)));
    Files.writeString(
        feed,
        """
        [[advisory]]
        id = "ACME-2026-1"
        reason = "sends what it finds to 192.0.2.7"
        crate = "banned"
        """);
    scene = SandboxScene.of(registry);
    scene.cli("feed", "import", feed.toString(), "--kind", "local", "--name", "local").ok();
  }

  @AfterAll
  void close() {
    if (scene != null) {
      scene.close();
    }
  }

  private CliProcess alone(CargoProjectFolder project) {
    return CliProcess.alone().env("XDG_DATA_HOME", home.toString()).in(project.folder());
  }

  private ProgramResult run(CargoProjectFolder project, String... words) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "run",
                "--upstream",
                "sparse+" + scene.scene().upstream().indexUrl(),
                "--feeds",
                feed.toString(),
                "--cache",
                home.resolve("cache").toString()));
    all.addAll(List.of(words));
    return alone(project).run(all.toArray(String[]::new));
  }

  private static CargoProjectFolder project(String crate) {
    return CargoProjectFolder.with(crate + " = \"1\"");
  }

  /// Returns the sentences about a result, without the addresses of the two gates and the ways to
  /// ask a reviewer. Only a server has a page for that.
  private static List<String> sentences(ProgramResult result) {
    return Stream.concat(result.out().lines(), result.err().lines())
        .filter(line -> !line.startsWith("run: "))
        .filter(line -> !line.strip().startsWith("Ask: ") && !line.strip().startsWith("Or: "))
        .map(line -> line.replaceAll("(unix:|http://)\\S+", "GATE"))
        .map(line -> line.replaceAll("/\\S*/(project|target|cache)\\S*", "FOLDER"))
        .map(line -> line.replaceAll("request [0-9a-f-]{8,}", "request N"))
        .filter(
            line ->
                Stream.of("young", "banned", "hostile", "taken", "BLOCKED")
                    .anyMatch(line::contains))
        .sorted()
        .toList();
  }

  /// Resolution refuses these versions for both.
  @ParameterizedTest
  @ValueSource(strings = {"young", "banned", "hostile"})
  void refusalsAreThoseOfAServer(String crate) {
    CargoProjectFolder at = project(crate);
    ProgramResult server = scene.builds(at.folder(), "sandbox", "--", "cargo", "build");
    ProgramResult own = run(project(crate), "--", "cargo", "build");

    assertThat(own.exit()).isEqualTo(server.exit()).isNotZero();
    assertThat(sentences(own)).isNotEmpty().isEqualTo(sentences(server));
    assertThat(own.out() + own.err()).doesNotContain("/desk/request/");
    assertThat(sockets()).as("nothing stays after a failure").isEmpty();
  }

  /// A lockfile that exists already is refused with the reasons of `verify`.
  @ParameterizedTest
  @ValueSource(strings = {"young", "banned"})
  void lockfilesAreRefusedWithTheSameReasons(String crate) {
    String lock =
        """
        version = 4

        [[package]]
        name = "app"
        version = "0.1.0"
        dependencies = ["%1$s"]

        [[package]]
        name = "%1$s"
        version = "1.0.0"
        source = "registry+https://github.com/rust-lang/crates.io-index"
        checksum = "%2$s"
        """
            .formatted(crate, CrateBuilder.crate(crate, "1.0.0").id().cksum().hex());
    ProgramResult server =
        scene.builds(project(crate).lock(lock).folder(), "sandbox", "--", "cargo", "build");
    ProgramResult own = run(project(crate).lock(lock), "--", "cargo", "build");

    assertThat(own.exit()).isEqualTo(server.exit()).isNotZero();
    assertThat(sentences(own)).isNotEmpty().isEqualTo(sentences(server));
  }

  /// A sign of a takeover needs the index of another crate.
  @Test
  @Tag("all")
  void aTakeoverIsRefusedWithTheSameReasons() {
    String lock =
        Crates.lockfile(List.of(TAKEN))
            + "dependencies = [\"fresh\"]\n"
            + Crates.lockfile(List.of(FRESH)).replace("version = 4\n", "");
    ProgramResult server =
        scene.builds(project("taken").lock(lock).folder(), "sandbox", "--", "cargo", "build");
    ProgramResult own = run(project("taken").lock(lock), "--", "cargo", "build");

    assertThat(own.exit()).isEqualTo(server.exit()).isNotZero();
    assertThat(sentences(own))
        .anyMatch(line -> line.contains("new-dependency-young"))
        .isEqualTo(sentences(server));
  }

  /// The gate ends with the command, and its port with it.
  @Test
  @Tag("all")
  void adviceOfARefusedDownloadNamesNoPageOfTheGate() {
    String lock =
        Crates.lockfile(List.of(CrateBuilder.crate("young", "1.0.0")))
            + "\n[[package]]\nname = \"app\"\nversion = \"0.1.0\"\ndependencies = [\"young\"]\n";

    ProgramResult refused =
        run(project("young").lock(lock), "--allow-withheld", "--", "cargo", "build").exits(125);

    assertThat(refused.err())
        .contains("1 of 1 packages are withheld", "BLOCKED young 1.0.0: cooldown")
        .contains("Ask: vetting-cli request young@1.0.0")
        .doesNotContain("/desk/request/");
    assertThat(WORDS.matcher(refused.err()).find()).as(refused.err()).isTrue();
  }

  /// No server has these verdicts.
  @Test
  @Tag("all")
  void theWordsAfterARefusalLeadToItsStore() {
    ProgramResult refused = run(project("young"), "--", "cargo", "build");

    Matcher words = WORDS.matcher(refused.err());
    assertThat(words.find()).as(refused.err()).isTrue();
    ProgramResult why = CliProcess.alone().run("--data-dir", words.group(1), "why", "young@1.0.0");
    assertThat(why.exit()).as(why.err()).isEqualTo(1);
    assertThat(why.out()).contains("cooldown");
  }

  /// Nobody can decide on a mistake in the options.
  @Test
  @Tag("all")
  void noWordsFollowAMistake() {
    ProgramResult wrong = run(project("alpha"), "--env", "LACKING", "--", "true").exits(125);

    assertThat(wrong.err()).contains("cannot pass the variable 'LACKING': it is not set");
    assertThat(WORDS.matcher(wrong.err()).find()).as(wrong.err()).isFalse();
  }

  @Test
  @Tag("ci")
  void theSecondRunOpensNoGateAndSendsNothing() {
    CargoProjectFolder project = project("beta");
    ProgramResult first = run(project, "--", "cargo", "build").ok();
    long sent = requests();

    ProgramResult second = run(project, "--", "cargo", "build").ok();

    assertThat(first.err()).contains(CHECKS).doesNotContain("INFO");
    assertThat(second.err()).doesNotContain(CHECKS);
    assertThat(requests()).isEqualTo(sent).isPositive();
    assertThat(sockets()).isEmpty();
  }

  /// Returns the number of requests for the crates of a build. The server asks for others again.
  private long requests() {
    return scene.scene().upstream().requests().stream()
        .filter(request -> request.target().matches(".*/(alpha|beta)(/.*)?"))
        .count();
  }

  private List<Path> sockets() {
    try (Stream<Path> files = Files.walk(home.resolve("lazaret-run"))) {
      return files.filter(file -> file.endsWith("desk.sock")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @Tag("all")
  void eachChangeIsCheckedAgain() {
    CargoProjectFolder project = project("alpha");
    run(project, "--", "cargo", "build").ok();

    assertThat(run(project, "--refresh", "--", "cargo", "build").ok().err()).contains(CHECKS);
    assertThat(run(project, "--", "cargo", "build").ok().err()).doesNotContain(CHECKS);
    assertThat(run(project, "--allow-withheld", "--", "cargo", "build").ok().err())
        .contains(CHECKS);
    append(project.folder().resolve("Cargo.toml"), "# a comment\n");
    assertThat(run(project, "--", "cargo", "build").ok().err()).contains(CHECKS);
    CargoProjectFolder other = project("beta");
    run(other, "--", "cargo", "build").ok();
    assertThat(run(other, "--", "cargo", "build").ok().err()).doesNotContain(CHECKS);
  }

  private static void append(Path file, String text) {
    try {
      Files.writeString(file, Files.readString(file) + text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Two projects at once wait for each other, and both succeed. Upstream delays the first one
  /// while it has the store.
  @Test
  @Tag("all")
  void runsOfOneUserWaitForTheStore() throws Exception {
    ScriptedUpstream upstream = scene.scene().upstream();
    upstream.script(SLOW, RequestNumber.first(1), new Fault.Delay(Duration.ofSeconds(12)));
    CargoProjectFolder slow = project("slow");
    FutureTask<ProgramResult> first = new FutureTask<>(() -> run(slow, "--", "cargo", "build"));
    // A read of a pipe occupies the carrier of a virtual thread, which the upstream needs.
    Thread.ofPlatform().daemon().start(first);
    GateScene.await("the first run to ask upstream", () -> upstream.count(SLOW) > 0);

    ProgramResult second = run(project("beta"), "--", "cargo", "build").ok();

    assertThat(second.err()).contains(CHECKS, WAITS);
    assertThat(first.get().ok().err()).contains(CHECKS).doesNotContain(WAITS);
  }

  @Test
  void aServerIsNoPartOfIt() {
    ProgramResult refused =
        run(project("alpha"), "--server", "http://127.0.0.1:1", "--", "cargo", "build");

    assertThat(refused.exit()).isEqualTo(125);
    assertThat(refused.err()).contains("this command has a gate of its own");
  }
}
