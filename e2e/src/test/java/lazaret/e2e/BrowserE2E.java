package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateProcess;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.GateSettings;
import lazaret.e2e.harness.IndexSlice;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.ReviewDayScene;
import lazaret.e2e.harness.ScriptedPages;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.BareRepository;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.GitHttpServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/// The desk in a real browser: the tests of `e2e/browser` drive headless Chromium against gates
/// that this class starts. They are skipped without Node, Chromium, their packages or the shared
/// data.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("ci")
class BrowserE2E {
  private static final Path FOLDER = Machine.root().resolve("e2e/browser");
  private static final Duration INSTALLATION = Duration.ofMinutes(5);
  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final int LEAST_NODE = 20;

  /// A version that is held at the time of the slice. Its `+` must survive in addresses.
  private static final String CRATE = "zstd-sys";

  private static final String VERSION = "2.1.3+zstd.1.5.7";

  /// A text that runs in each context in which it is not escaped.
  private static final String HOSTILE =
      "HOSTILE-crate \"'><img src=x onerror=window.hit=1><script>window.hit=1</script> ${window.hit=1}";

  /// A package of a Git repository, with a signal that asks for a review.
  private static final Map<String, String> GIT_FILES =
      Map.of(
          "Cargo.toml",
          "[package]\nname = \"tool\"\nversion = \"1.2.3\"\nedition = \"2021\"\n",
          "build.rs",
          "fn main() {\n    let _ = std::net::TcpStream::connect(\"192.0.2.1:80\");\n}\n",
          "src/lib.rs",
          "pub fn two() -> u8 { 2 }\n");

  private static final Pattern GIT_KEY = Pattern.compile("\"key\":\\s*\"([0-9a-f]{64})\"");

  /// A test of minutes, which runs with all tests alone.
  private static final String LONG_TEST = "memory.test.js";

  private static final String ROLES =
      "{\"role\":[{\"group\":\"lazaret-admins\",\"role\":\"admin\"},"
          + "{\"group\":\"lazaret-reviewers\",\"role\":\"reviewer\"}]}";

  private final Map<String, String> variables = new HashMap<>();
  private @Nullable IndexSlice slice;
  private @Nullable GateScene hostile;

  @BeforeAll
  void start() throws IOException {
    Path chromium = chromium();
    requireNode();
    install();
    GateProcess desk = startDesk();
    fill(desk);
    GateScene victims = GateScene.of(victims());
    hostile = victims;
    variables.put("CHROMIUM", chromium.toString());
    variables.putAll(variables("DESK", desk));
    variables.put("DESK_CRATE", CRATE);
    variables.put("DESK_VERSION", VERSION);
    variables.put("DESK_WHOLE", Boolean.toString(Machine.all()));
    variables.putAll(variables("HOSTILE", victims.gate()));
  }

  /// Starts the gate of the slice, with a Git source if the machine has git.
  private GateProcess startDesk() throws IOException {
    boolean git = GitHttpServer.isPossible();
    Path repositories = WorkFolder.folder("git");
    try (GitHttpServer server = new GitHttpServer(repositories)) {
      IndexSlice opened = IndexSlice.open(s -> git ? s.set("git-sources.hosts", server.host()) : s);
      slice = opened;
      if (git) {
        String commit = new BareRepository(repositories.resolve("tool")).commit(GIT_FILES);
        String source = "git+%s?rev=%s#%s".formatted(server.url("tool"), commit, commit);
        variables.put("DESK_GIT", admit(opened.gate(), source));
      }
      return opened.gate();
    }
  }

  /// Lets a gate fetch a Git source of a lockfile, and returns its key.
  private static String admit(GateProcess gate, String source) throws IOException {
    Path project = WorkFolder.folder("project");
    Files.writeString(
        project.resolve("Cargo.lock"),
        """
        version = 4

        [[package]]
        name = "tool"
        version = "1.2.3"
        source = "%s"
        """
            .formatted(source));
    String added =
        CliProcess.beside(gate)
            .in(project)
            .run("git-sources", "add", "Cargo.lock", "--json")
            .ok()
            .out();
    Matcher key = GIT_KEY.matcher(added);
    assertThat(key.find()).as(added).isTrue();
    return key.group(1);
  }

  @AfterAll
  void close() {
    if (hostile != null) {
      hostile.close();
    }
    if (slice != null) {
      slice.close();
    }
  }

  private static Path chromium() {
    Optional<Path> found =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .flatMap(name -> Machine.program(name).stream())
            .findFirst();
    assumeTrue(found.isPresent(), "no chromium in PATH");
    return found.orElseThrow();
  }

  private static void requireNode() {
    assumeTrue(Machine.program("node").isPresent(), "no node in PATH");
    assumeTrue(Machine.program("npm").isPresent(), "no npm in PATH");
    String version = run(List.of("node", "--version"), INSTALLATION).ok().out().strip();
    int major = Integer.parseInt(version.replaceFirst("v([0-9]+).*", "$1"));
    assumeTrue(major >= LEAST_NODE, "node is older than version " + LEAST_NODE);
  }

  /// Installs the packages of the lock, unless they are there.
  private static void install() throws IOException {
    Path installed = FOLDER.resolve("node_modules/.package-lock.json");
    Path lock = FOLDER.resolve("package-lock.json");
    if (Files.exists(installed)
        && Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(lock)) > 0) {
      return;
    }
    ProgramResult npm =
        run(
            List.of("npm", "ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"),
            INSTALLATION);
    assumeTrue(npm.exit() == 0, "npm cannot install the packages of e2e/browser");
  }

  private static ProgramResult run(List<String> command, Duration patience) {
    return ProgramResult.of(new ProcessBuilder(command).directory(FOLDER.toFile()), patience);
  }

  private static Map<String, String> variables(String name, GateProcess gate) {
    return Map.of(name + "_URL", gate.url(), name + "_TOKEN", gate.token());
  }

  private static void fill(GateProcess gate) {
    Path data = IndexSlice.data().resolveSibling("advisories");
    CliProcess.beside(gate)
        .run("feed", "import", data.resolve("rustsec-advisory-db.tar.gz").toString())
        .ok();
    for (String spec : List.of(CRATE + "@" + VERSION, "anyhow@1.0.105", "zerocopy@0.8.64")) {
      String order = "{\"spec\":\"%s\",\"reason\":\"the build needs it\"}".formatted(spec);
      assertThat(gate.http().order("/requests", order).status()).isEqualTo(200);
    }
    assertThat(gate.http().decide("deny", "not reviewed", "anyhow@1.0.105").status())
        .isEqualTo(200);
  }

  /// Returns crates whose texts try to run in a browser.
  private static FixtureRegistry victims() {
    FixtureRegistry registry =
        Crates.aged(
            CrateBuilder.crate("victim", "1.0.0"),
            victim("1.1.0").file("src/\"onload=window.hit=1 x='.rs", "pub fn f() {}\n"));
    return registry.publish(victim("1.2.0"), line -> line.pubtime(Instant.now()));
  }

  private static CrateBuilder victim(String version) {
    return CrateBuilder.crate("victim", version)
        .license(null)
        .file("README.md", HOSTILE)
        .file("src/other.rs", "pub const TEXT: &str = r##\"" + HOSTILE + "\"##;\n")
        .buildScript(
            "fn main() {\n// "
                + HOSTILE
                + "\n    std::process::Command::new(r##\""
                + HOSTILE
                + "\"##).status().unwrap();\n}\n");
  }

  @TestFactory
  Stream<DynamicTest> pagesWorkInARealBrowser() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER.resolve("test"))) {
      List<Path> tests =
          files
              .filter(file -> file.toString().endsWith(".test.js"))
              .filter(file -> Machine.all() || !file.endsWith(LONG_TEST))
              .sorted()
              .toList();
      assertThat(tests).hasSizeGreaterThan(5);
      return tests.stream()
          .map(test -> DynamicTest.dynamicTest(test.getFileName().toString(), () -> runTest(test)));
    }
  }

  private void runTest(Path test) throws IOException {
    switch (test.getFileName().toString()) {
      case "provider.test.js" -> runWithProvider(test);
      case "day.test.js", "forms.test.js" -> runDay(test);
      case "documentation.test.js" -> runDocumentation(test);
      case "rustdoc.test.js" -> runRustdoc(test);
      case LONG_TEST -> runLong(test);
      default -> runTest(test, variables);
    }
  }

  private static void runTest(Path test, Map<String, String> variables) {
    ProcessBuilder builder =
        new ProcessBuilder("node", "--test", "--test-reporter=spec", test.toString())
            .directory(FOLDER.toFile());
    builder.environment().putAll(variables);
    ProgramResult result = ProgramResult.of(builder, PATIENCE).ok();
    // Node counts what it skips; the counts are at the end, after what the tests measured.
    result.out().lines().filter(line -> line.strip().startsWith("ℹ")).forEach(System.out::println);
  }

  /// Runs a test against a gate with an identity provider, which the test starts.
  private void runWithProvider(Path test) throws IOException {
    assumeTrue(hasProviders(), "the server has no table [sign-in] yet");
    String issuer = "http://localhost:" + Machine.freePort();
    String listen = "127.0.0.1:" + Machine.freePort();
    GateSettings settings =
        GateSettings.over(WorkFolder.folder("data"), WorkFolder.folder("upstream"))
            .argument("--listen", listen)
            .set("public-url", "http://" + listen)
            .set("sign-in.issuer", issuer)
            .set("sign-in.client-id", "desk")
            .set("sign-in.role", ROLES);
    try (GateProcess gate = GateProcess.start(settings)) {
      Map<String, String> all = new HashMap<>(variables);
      all.putAll(variables("PROVIDER", gate));
      all.put("PROVIDER_ISSUER", issuer);
      runTest(test, all);
    }
  }

  /// Runs a test of decisions against a gate of its own, whose policy requires reading.
  private void runDay(Path test) {
    try (ReviewDayScene day = ReviewDayScene.start()) {
      Map<String, String> all = new HashMap<>(variables);
      all.putAll(day.variables());
      runTest(test, all);
    }
  }

  /// Runs a test against a gate with hostile documentation of two crates.
  private void runDocumentation(Path test) {
    Path socket = WorkFolder.folder("pages-service").resolve("s");
    String outside = "http://127.0.0.1:" + Machine.freePort();
    Map<String, String> words = Map.of("OUTSIDE", outside, "OTHER", "/documentation/~x/beta/1.0.0");
    try (ScriptedPages _ = ScriptedPages.serving(socket, FOLDER.resolve("documentation"), words);
        GateScene scene =
            GateScene.of(
                Crates.alphaAndBeta(),
                settings -> settings.set("detonation.socket", socket.toString()))) {
      CliProcess cli = CliProcess.beside(scene.gate());
      for (String version : List.of("alpha@1.0.0", "beta@1.0.0")) {
        cli.run("prefetch", version).ok();
        cli.run("documentation", "build", version).ok();
      }
      Map<String, String> all = new HashMap<>(variables);
      all.putAll(variables("DOCS", scene.gate()));
      all.put("DOCS_OUTSIDE", outside);
      runTest(test, all);
    }
  }

  /// Runs a test against a gate with pages that rustdoc made in the sandbox.
  private void runRustdoc(Path test) {
    try (RustdocScene scene = RustdocScene.start()) {
      Map<String, String> all = new HashMap<>(variables);
      all.putAll(variables("RUSTDOC", scene.gate()));
      all.put("RUSTDOC_OUTSIDE", scene.outside());
      runTest(test, all);
    }
  }

  /// Runs a test against a gate with a difference of 200,000 lines.
  private void runLong(Path test) {
    try (GateScene scene = GateScene.of(Crates.longDifference())) {
      Map<String, String> all = new HashMap<>(variables);
      all.putAll(variables("LONG", scene.gate()));
      runTest(test, all);
    }
  }

  /// Returns whether the server can use a provider. A test keeps the page equal to the keys.
  private static boolean hasProviders() throws IOException {
    return Files.readString(Machine.root().resolve("docs/configuration.md"))
        .contains("LAZARET_SIGN_IN_ISSUER");
  }
}
