package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.e2e.harness.Cargo;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.GateProcess;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.HttpProbeClient;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.PrivateScene;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.RustupProcess;
import lazaret.e2e.harness.SandboxScene;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.GitHttpServer;
import lazaret.testkit.JsonObject;
import lazaret.testkit.SyntheticChannel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/// The whole story of a company with a site behind an air gap: what one network publishes, vets and
/// exports, the other imports, installs, builds and reads. The order is significant.
///
/// All programs of the inside are those of the release that the bundle brought. A person copies it
/// out of the bundle by the commands of the documentation. The toolchain is synthetic, and rustup
/// installs it where the machine has rustup. Builds and the documentation use the toolchain of the
/// machine. `RustupE2E` and `DocumentationE2E` have more cases of both. With PostgreSQL, the store
/// of the outside is shared, and that of the inside is in its data folder.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("ci")
@Tag("store")
class StoryE2E {
  private static final String TARGET = "x86_64-unknown-linux-gnu";
  private static final String APP = "acme-jobs = { version = \"1\", registry = \"acme\" }";
  private static final Pattern SERVER = Pattern.compile("export RUSTUP_DIST_SERVER='([^']+)'");

  private final Path data = WorkFolder.folder("empty").resolve("lazaret");
  private StoryScene outside;
  private CargoProjectFolder project;
  private CargoProjectFolder tools;
  private CargoProjectFolder app;
  private @Nullable JsonObject exported;
  private @Nullable ReleaseScene inside;

  /// The time by which the clocks of both sides are ahead.
  private Duration ahead = Duration.ZERO;

  @BeforeAll
  void meet() throws IOException, GeneralSecurityException {
    Machine.needs(GitHttpServer.isPossible(), "git and its http-backend are not installed");
    Machine.needs(Machine.rust().isPresent(), "cargo is not installed");
    outside = new StoryScene();
    project = CargoProjectFolder.with("beta = \"1\"");
    tools = CargoProjectFolder.with(outside.gitDependency());
    app = CargoProjectFolder.with(APP);
  }

  @AfterAll
  void close() {
    if (inside != null) {
      inside.close();
    }
    if (outside != null) {
      outside.close();
    }
  }

  private CliProcess out() {
    return outside.cli(now());
  }

  private CliProcess in() {
    return inside().cli().at(now());
  }

  /// Returns the gate of the inside.
  private GateProcess gate() {
    return inside().gate();
  }

  private ReleaseScene inside() {
    assumeTrue(inside != null, "no release came out of the bundle");
    return Objects.requireNonNull(inside);
  }

  private Instant now() {
    return Instant.now().plus(ahead);
  }

  private static JsonObject json(ProgramResult ran) {
    return JsonObject.parse(ran.out());
  }

  @Test
  @Order(1)
  void outsideVetsWhatTheProjectNeeds() {
    Cargo.fresh(outside.gate().scene().gate()).run(project.folder(), "generate-lockfile").ok();
    out().in(project.folder()).run("prefetch", "Cargo.lock").ok();

    out().in(project.folder()).run("verify", "Cargo.lock").ok();
  }

  @Test
  @Order(2)
  void companyPublishesItsCrates() {
    String ada = outside.gate().token("ada", "ada", "publish-new", "publish-update");
    publish(ada, PrivateScene.pack("acme-core", "1.0.0", "alpha = \"1\"")).ok();
    CargoProjectFolder jobs =
        PrivateScene.pack(
            "acme-jobs", "1.0.0", "acme-core = { version = \"1\", registry = \"acme\" }");
    assertThat(publish("lzr_unknown", jobs).exit()).isNotZero();

    publish(outside.gate().jobToken("story"), jobs).ok();

    assertThat(out().run("private", "list").ok().out()).contains("acme-core", "acme-jobs");
    outside.gate().cargo(ada).run(app.folder(), "generate-lockfile").ok();
    assertThat(app.locked("acme-core")).isEqualTo("1.0.0");
  }

  private ProgramResult publish(String token, CargoProjectFolder crate) {
    return outside
        .gate()
        .cargo(token)
        .run(
            crate.folder(),
            "publish",
            "--registry",
            PrivateScene.REGISTRY,
            "--allow-dirty",
            "--no-verify");
  }

  @Test
  @Order(3)
  void gitDependencyIsApproved() {
    Cargo.fresh("").run(tools.folder(), "generate-lockfile").ok();
    CliProcess cli = out().in(tools.folder());
    JsonObject source =
        json(cli.run("git-sources", "add", "Cargo.lock", "--json").ok())
            .objects("sources")
            .getFirst();
    assertThat(cli.run("verify", "Cargo.lock").exit()).isNotZero();

    cli.run(
            "git-sources",
            "approve",
            source.words("commit"),
            source.words("tree_hash"),
            "--reason",
            "read by the test")
        .ok();

    cli.run("verify", "Cargo.lock").ok();
  }

  @Test
  @Order(4)
  void toolchainIsMirrored() {
    assertThat(out().run("toolchain", "add", "1.96.0", "--target", TARGET).exit()).isNotZero();

    out().run("toolchain", "add", StoryScene.RUST, "--target", TARGET).ok();

    assertThat(out().run("toolchain", "list").ok().out()).contains(StoryScene.RUST);
  }

  @Test
  @Order(5)
  void documentationIsBuilt() throws IOException {
    outside.serveSandbox();

    out().run("documentation", "build", "beta@1.0.0").ok();

    assertThat(out().run("documentation", "list", "beta").ok().out()).contains("1.0.0");
  }

  @Test
  @Order(6)
  void bundleCarriesWhatTheSiteNeeds() {
    GateScene.await(
        "results are published",
        () -> json(out().run("results", "status", "--json").ok()).number("published") > 0);

    List<String> words =
        new ArrayList<>(
            List.of(
                "--from-lockfile",
                project.lockfile().toString(),
                "--from-lockfile",
                app.lockfile().toString(),
                "--with",
                "git",
                "--with",
                "results",
                "--with",
                "toolchains",
                "--product",
                outside.release().folder().toString(),
                "--expires-days",
                "1"));
    if (outside.isSandboxServed()) {
      words.addAll(List.of("--with", "documentation"));
    }
    exported = outside.export(now(), words);

    assertThat(exported.object("bundle").words("kind")).isEqualTo("full");
  }

  /// The machine inside has no Lazaret yet.
  @Test
  @Order(7)
  void releaseIsCopiedOutOfTheBundleByHand() throws IOException {
    Path copy = outside.release().copiedByHand(bundle(), outside.fingerprint());

    assertThat(copy.resolve(outside.release().archive())).hasSameBinaryContentAs(archive());
    inside = new ReleaseScene(outside.release().unpacked(copy), data);
  }

  private Path bundle() {
    return Path.of(exported().words("path"));
  }

  /// Returns the archive that the outside packed.
  private Path archive() {
    return outside.release().folder().resolve(outside.release().archive());
  }

  @Test
  @Order(8)
  void copiedReleaseTrustsThePaperAndStarts() throws IOException {
    Path root = outside.rootOnMedium();
    String paper = outside.fingerprint();
    String other = (paper.startsWith("y") ? "x" : "y") + paper.substring(1);
    assertThat(trust(root, other).exit()).isNotZero();

    trust(root, paper).ok();

    in().run("bundle", "verify", bundle().toString()).ok();
    inside().start(outside.keysOfResults());
    assertThat(inside().program()).isEqualTo(inside().java());
    assertThat(in().in(project.folder()).run("verify", "Cargo.lock").exit()).isNotZero();
  }

  private ProgramResult trust(Path root, String fingerprint) {
    return in().run(
            "trust",
            "init",
            "--data-dir",
            data.toString(),
            "--root",
            root.toString(),
            "--fingerprint",
            fingerprint);
  }

  @Test
  @Order(9)
  void oneChangedByteStopsTheImport() throws IOException {
    Path changed = CargoProjectFolder.copyOf(bundle()).folder();
    List<Path> targets;
    try (Stream<Path> files = Files.list(changed.resolve("targets"))) {
      targets = files.sorted(Comparator.comparing(Path::toString)).toList();
    }
    assertThat(targets).anyMatch(file -> file.toString().endsWith(".files-0001.tar"));
    List<Path> tried =
        Machine.all()
            ? targets
            : targets.stream().filter(file -> file.toString().endsWith(".files-0001.tar")).toList();
    for (Path target : tried) {
      byte[] bytes = Files.readAllBytes(target);
      bytes[bytes.length / 2] ^= 1;
      Files.write(target, bytes);
      ProgramResult refused = in().run("bundle", "import", changed.toString());
      assertThat(refused.exit()).as("%s: %s", target, refused).isNotZero();
      bytes[bytes.length / 2] ^= 1;
      Files.write(target, bytes);
    }
    assertThat(in().in(project.folder()).run("verify", "Cargo.lock").exit()).isNotZero();
    assertThat(in().run("toolchain", "list").ok().out()).doesNotContain(StoryScene.RUST);
  }

  @Test
  @Order(10)
  void insideImports() {
    String path = bundle().toString();
    JsonObject plan = json(in().run("bundle", "diff", path, "--json")).object("plan");
    assertThat(plan.object("changes").object("added").number("count")).isPositive();

    JsonObject taken = json(in().run("bundle", "import", path, "--json").ok());

    assertThat(taken.words("outcome")).isEqualTo("imported");
    in().in(project.folder()).run("verify", "Cargo.lock").ok();
    assertThat(in().run("bundle", "list").ok().out()).containsPattern("1 +full.*served");
  }

  /// The next machine gets the release from the gate.
  @Test
  @Order(11)
  void productComesOutOfTheGate() throws IOException {
    Path folder = WorkFolder.folder("product").resolve("release");

    in().run("product", "get", folder.toString()).ok();

    try (Stream<Path> files = Files.walk(folder)) {
      Path got =
          files
              .filter(file -> file.endsWith(outside.release().archive()))
              .findFirst()
              .orElseThrow();
      assertThat(got).hasSameBinaryContentAs(archive());
    }
  }

  /// A file that the channel has and the outside did not store is missing inside.
  @Test
  @Order(12)
  void toolchainComesThroughTheGate() throws IOException {
    Matcher line = SERVER.matcher(in().run("toolchain", "env").ok().out());
    assertThat(line.find()).isTrue();
    String server = line.group(1);
    assertThat(server).isEqualTo(gate().url() + "/toolchains");
    SyntheticChannel channel = outside.channel();
    for (String path : List.of(channel.manifestPath(), channel.path("cargo", TARGET))) {
      assertThat(gate().http().get("/toolchains/" + path).body())
          .isEqualTo(channel.files().get(path));
    }
    assertThat(gate().http().get("/toolchains/" + channel.path("rust-src", "*")).status())
        .isEqualTo(404);
    Optional<RustupProcess> rustup = RustupProcess.find();
    if (rustup.isPresent()) {
      assertPinnedToolchainIsInstalled(rustup.get(), server);
    }
  }

  /// Installs the toolchain with the real rustup, and checks that a project which pins it gets it.
  private static void assertPinnedToolchainIsInstalled(RustupProcess rustup, String server)
      throws IOException {
    assertThat(rustup.installed(StoryScene.RUST)).doesNotExist();

    rustup.install(server, StoryScene.RUST).ok();

    Path cargo = rustup.installed(StoryScene.RUST).resolve("bin/cargo");
    assertThat(rustup.start(server, List.of(cargo.toString(), "--version")).ok().out())
        .contains("cargo " + StoryScene.RUST);
    Files.writeString(
        rustup.home().resolve("rust-toolchain.toml"),
        "[toolchain]\nchannel = \"%s\"\n".formatted(StoryScene.RUST));
    assertThat(rustup.run(server, "which", "cargo").ok().out().strip()).isEqualTo(cargo.toString());
  }

  @Test
  @Order(13)
  void insideBuildsPrivateCratesThroughBothRegistries() {
    HttpProbeClient.Answer made =
        gate()
            .http()
            .order("/tokens", "{\"name\":\"eve\",\"owner\":\"eve\",\"roles\":[\"reader\"]}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    String config =
        Cargo.config(gate().url())
            + """

            [registries.acme]
            index = "sparse+%s/private/index/"
            credential-provider = "cargo:token"
            """
                .formatted(gate().url());
    Cargo eve =
        Cargo.fresh(config)
            .env("CARGO_REGISTRIES_ACME_TOKEN", JsonObject.parse(made.text()).words("secret"));
    CargoProjectFolder fresh = CargoProjectFolder.with(APP);

    eve.run(fresh.folder(), "build").ok();

    assertThat(fresh.locked("acme-core")).isEqualTo("1.0.0");
    assertThat(fresh.locked("alpha")).isEqualTo("1.1.0");
    assertThat(gate().http().index("acme-core").status()).isEqualTo(404);
  }

  @Test
  @Order(14)
  void insideBuildsTheGitDependencyWithoutGit() {
    outside.stopGit();
    CliProcess cli = in().in(tools.folder());
    cli.run("verify", "Cargo.lock").ok();
    cli.run("git-sources", "sync").ok();

    String config = tools.folder().resolve(".lazaret/git/config.toml").toString();
    Cargo.fresh("").run(tools.folder(), "--config", config, "build", "--locked", "--offline").ok();
  }

  @Test
  @Order(15)
  void insideBuildsInTheSandbox() {
    var _ = SandboxScene.sandbox();
    var _ = SandboxScene.toolchain();
    CliProcess cli = in().in(CargoProjectFolder.copyOf(project.folder()).folder());
    cli.run("cargo-config", "--into", ".cargo/config.toml").ok();
    cli.run("verify", "Cargo.lock").ok();

    ProgramResult built =
        cli.run(
                "sandbox",
                "--json",
                "--cache",
                WorkFolder.folder("cache").toString(),
                "--",
                "cargo",
                "build",
                "--locked")
            .ok();

    assertThat(json(built).objects("violations")).isEmpty();
    assertThat(json(built).texts("built"))
        .isNotEmpty()
        .allSatisfy(file -> assertThat(Path.of(file)).isRegularFile());
  }

  @Test
  @Order(16)
  void insideReadsTheDocumentation() {
    assumeTrue(outside.isSandboxServed(), "no documentation was built");
    String address =
        in().run("documentation", "open", "beta@1.0.0")
            .ok()
            .out()
            .lines()
            .findFirst()
            .orElseThrow();

    HttpProbeClient.Answer page = gate().http().get(address.substring(gate().url().length()));
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text()).contains("The second letter.", "fn.b.html");
    assertThat(page.response().headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("sandbox");
  }

  /// The builds fetched the crates.
  @Test
  @Order(17)
  void insideUsesTheResultsOfTheOtherSide() {
    assertThat(json(in().run("results", "status", "--json").ok()).number("used"))
        .isGreaterThanOrEqualTo(1);
  }

  /// The bundle of the first day was valid for one day.
  @Test
  @Order(18)
  void nextDayTheFirstBundleIsExpiredAndStillServed() {
    ahead = Duration.ofDays(1);
    outside.restartAt(now());
    inside().restartAt(now());

    ProgramResult late = in().run("bundle", "import", bundle().toString());

    assertThat(late.exit()).isNotZero();
    assertThat(late.err()).contains("metadata-expired");
    assertThat(json(in().run("status", "--json")).object("snapshot").flag("overdue")).isTrue();
    in().in(project.folder()).run("verify", "Cargo.lock").ok();
    fetch().ok();
  }

  private ProgramResult fetch() {
    return Cargo.fresh(gate()).run(CargoProjectFolder.with("beta = \"1\"").folder(), "fetch");
  }

  @Test
  @Order(19)
  void advisoriesOfTheNextDayWithdrawAVersion() throws IOException {
    Path list = WorkFolder.folder("advisories").resolve("local.toml");
    Files.writeString(
        list,
        """
        [[advisory]]
        id = "STORY-2026-1"
        reason = "it sends keys to strangers"
        crate = "alpha"
        versions = ["=1.1.0"]
        kind = "malware"
        """);
    out().run("feed", "import", list.toString(), "--kind", "local", "--name", "story").ok();
    JsonObject advisories = outside.export(now(), List.of("--kind", "advisories"));
    Path bundle = Path.of(advisories.words("path"));
    assertThat(size(bundle)).isLessThan(1_000_000);
    assertThat(issued(advisories)).isAfterOrEqualTo(issued(exported()).plus(ahead));

    JsonObject taken = json(in().run("bundle", "import", bundle.toString(), "--json").ok());

    JsonObject reevaluated = taken.object("reevaluated");
    assertThat(reevaluated.number("withdrawn")).isEqualTo(1);
    JsonObject affected = reevaluated.objects("affected").getFirst();
    assertThat(affected.words("name")).isEqualTo("alpha");
    assertThat(affected.words("version")).isEqualTo("1.1.0");
    assertThat(affected.number("lockfiles")).isPositive();
    assertThat(in().run("who", "alpha@1.1.0").ok().out()).contains("Cargo.lock");
    ProgramResult verified = in().in(project.folder()).run("verify", "Cargo.lock");
    assertThat(verified.exit()).isNotZero();
    assertThat(verified.out()).contains("STORY-2026-1");
    assertThat(fetch().exit()).isNotZero();
  }

  private static Instant issued(JsonObject reply) {
    return Instant.parse(reply.object("bundle").words("issued"));
  }

  private JsonObject exported() {
    assumeTrue(exported != null, "the export failed");
    return Objects.requireNonNull(exported);
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.mapToLong(file -> file.toFile().isFile() ? file.toFile().length() : 0).sum();
    }
  }
}
