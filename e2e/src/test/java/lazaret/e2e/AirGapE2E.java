package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.e2e.harness.Cargo;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.GateProcess;
import lazaret.e2e.harness.GateSettings;
import lazaret.e2e.harness.IndexSlice;
import lazaret.e2e.harness.IndexSlice.Subject;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.JsonObject;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.index.IndexPath;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/// The full story of two networks: one vets and exports, the other has no connection, imports and
/// builds. The order is significant, because each step depends on the previous ones.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("ci")
@Tag("store")
class AirGapE2E {
  private static final String SECRET = "correct horse battery staple";
  private static final String REVOKED = "cfg-if";

  private final List<Subject> projects =
      IndexSlice.projects().filter(s -> Machine.all() || s.name().equals("crypto-tool")).toList();
  private final Path medium = WorkFolder.folder("medium");
  private final Path keys = WorkFolder.folder("office").resolve("keys");
  private final Path data = WorkFolder.folder("inside");

  /// The shared target folder of all builds. Cargo finds artifacts there that were built in the
  /// sandbox from the same source.
  private final Path target = WorkFolder.folder("target");

  private final IndexSlice outside = IndexSlice.open();
  private GateProcess inside;

  @BeforeAll
  void meet() {
    ProgramResult ceremony =
        alone()
            .run(
                "keys",
                "ceremony",
                "--operator",
                "me",
                "--stream",
                "prod",
                "--out",
                keys.toString(),
                "--json")
            .ok();
    String fingerprint = json(ceremony).words("fingerprint");
    Path root = keys.resolve("roots").resolve("1.root.json");
    CliProcess.onStore(data)
        .at(IndexSlice.TAKEN)
        .run(
            "trust",
            "init",
            "--data-dir",
            data.toString(),
            "--root",
            root.toString(),
            "--fingerprint",
            fingerprint)
        .ok();
    Path nowhere = WorkFolder.folder("nowhere");
    inside =
        GateProcess.start(
            GateSettings.over(data, nowhere).argument("--offline").clock(IndexSlice.TAKEN));
  }

  @AfterAll
  void close() {
    if (inside != null) {
      inside.close();
    }
    outside.close();
  }

  private static CliProcess alone() {
    return CliProcess.alone().at(IndexSlice.TAKEN).env("LAZARET_PASSPHRASE", SECRET);
  }

  private CliProcess out() {
    return CliProcess.beside(outside.gate()).at(IndexSlice.TAKEN).env("LAZARET_PASSPHRASE", SECRET);
  }

  private CliProcess in() {
    return CliProcess.beside(inside).at(IndexSlice.TAKEN);
  }

  private static JsonObject json(ProgramResult ran) {
    return JsonObject.parse(Bytes.utf8(ran.out()));
  }

  private JsonObject export(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("bundle", "export", medium.toString(), "--keys", keys.toString(), "--json"));
    words.addAll(List.of(more));
    ProgramResult ran = out().run(words.toArray(String[]::new)).ok();
    return json(ran);
  }

  /// Checks that all users can read a bundle, because another user than the exporter may carry it,
  /// whatever umask the gate has.
  private static void assertReadByAll(Path bundle) {
    try (var all = Files.walk(bundle)) {
      assertThat(all)
          .allSatisfy(
              path ->
                  assertThat(Files.getPosixFilePermissions(path))
                      .contains(PosixFilePermission.OTHERS_READ));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonObject take(JsonObject exported) {
    assertReadByAll(Path.of(exported.words("path")));
    return json(in().run("bundle", "import", exported.words("path"), "--json").ok());
  }

  private String[] locks(Stream<CargoProjectFolder> laid) {
    return laid.flatMap(p -> Stream.of("--from-lockfile", p.lockfile().toString()))
        .toArray(String[]::new);
  }

  private static String[] and(String[] words, String... more) {
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
  }

  /// Approves the withheld packages of a project, which would stop the export.
  private void approve(CargoProjectFolder project) {
    CliProcess cli = out().in(project.folder());
    if (cli.run("verify", "Cargo.lock").exit() != 0) {
      cli.run("approve", "--yes", "--lockfile", "Cargo.lock", "--reason", "read the changes").ok();
    }
  }

  @Test
  @Order(1)
  void fullBundleOfTheOldLocksIsBuiltFromWithoutAnUpstream() throws IOException {
    List<CargoProjectFolder> laid = projects.stream().map(Subject::lay).toList();
    laid.forEach(this::approve);
    JsonObject first = export(and(locks(laid.stream()), "--allow-missing", "--single-file"));

    assertThat(first.object("bundle").words("kind")).isEqualTo("full");
    // These lockfiles were made for one platform. Crates for others are not in the slice.
    assertThat(first.objects("missing"))
        .allMatch(m -> m.words("why").equals("its bytes could not be fetched"));
    JsonObject taken = take(first);

    assertThat(taken.words("outcome")).isEqualTo("imported");
    assertThat(taken.object("snapshot").words("state_root"))
        .isEqualTo(first.object("bundle").words("state_root"));
    for (CargoProjectFolder project : laid) {
      assertServed(project, first);
      builds(project);
    }
    assertThat(take(first).words("outcome")).isEqualTo("already-imported");
  }

  private void assertServed(CargoProjectFolder project, JsonObject exported) {
    assertThat(unserved(project))
        .isSubsetOf(exported.objects("missing").stream().map(m -> m.words("name")).toList());
  }

  /// Returns the packages of a lockfile that the inside does not serve.
  private List<String> unserved(CargoProjectFolder project) {
    ProgramResult verify = in().in(project.folder()).run("verify", "Cargo.lock", "--json");
    return json(verify).objects("packages").stream()
        .filter(p -> !p.words("status").equals("served"))
        .map(p -> p.words("name"))
        .toList();
  }

  /// Builds with cargo alone, and in the sandbox if the machine has one.
  private void builds(CargoProjectFolder project) throws IOException {
    Cargo.fresh(inside)
        .run(project.folder(), "fetch", "--locked", "--target", IndexSlice.PLATFORM)
        .ok();
    assumeTrue(Machine.program("bwrap").isPresent(), "bubblewrap is not installed");
    Path cache = WorkFolder.folder("cache");
    if (in().in(project.folder()).run("verify").exit() != 0) {
      ProgramResult refused = in().in(project.folder()).run("sandbox", "--", "cargo", "build");
      assertThat(refused.exit()).isEqualTo(125);
      assertThat(refused.out()).contains("continue: add --allow-withheld");
    }
    ProgramResult built =
        in().in(project.folder())
            .run(
                "sandbox",
                "--json",
                "--allow-withheld",
                "--cache",
                cache.toString(),
                "--target-dir",
                target.toString(),
                "--",
                "cargo",
                "build",
                "--locked")
            .ok();
    assertThat(json(built).objects("violations")).isEmpty();
    for (String file : json(built).texts("built")) {
      assertThat(Files.size(Path.of(file))).isPositive();
    }
  }

  @Test
  @Order(2)
  void thirdDeltaAppliesThoughTheTwoBeforeAreLost() throws IOException {
    List<CargoProjectFolder> laid = projects.stream().map(Subject::layToday).toList();
    laid.forEach(this::approve);
    export(and(locks(laid.stream().limit(1)), "--allow-missing"));
    export(and(locks(laid.stream()), "--allow-missing"));
    JsonObject third = export("--allow-missing");

    assertThat(third.object("bundle").words("kind")).isEqualTo("delta");
    assertThat(third.object("bundle").objects("bases").stream().map(b -> b.number("sequence")))
        .containsExactly(1L, 2L, 3L);
    ProgramResult diff = in().run("bundle", "diff", third.words("path"), "--json");
    JsonObject plan = json(diff).object("plan");
    assertThat(plan.object("changes").object("added").number("count")).isPositive();
    assertThat(plan.object("load").number("stored")).isNotNegative();
    JsonObject taken =
        json(
            in().run(
                    "bundle",
                    "import",
                    third.words("path"),
                    "--approve",
                    third.object("bundle").words("bundle"),
                    "--json")
                .ok());

    assertThat(taken.object("snapshot").number("sequence")).isEqualTo(4);
    assertThat(taken.object("snapshot").words("state_root"))
        .isEqualTo(third.object("bundle").words("state_root"));
    for (CargoProjectFolder project : laid) {
      assertServed(project, third);
      builds(project);
    }
  }

  @Test
  @Order(3)
  void revocationArrivesAndTellsWhoHasIt() {
    CargoProjectFolder project = projects.getLast().layToday();
    String version = project.locked(REVOKED);
    assumeTrue(!version.isEmpty(), "the lock has no " + REVOKED);
    out().run("revoke", REVOKED + "@" + version, "--reason", "it calls home", "--yes").ok();
    JsonObject revocation = export("--kind", "revocation");

    assertThat(revocation.object("bundle").object("changes").object("revoked").texts("items"))
        .contains(REVOKED + " " + version);
    JsonObject taken = take(revocation);

    assertThat(taken.object("reevaluated").number("withdrawn")).isEqualTo(1);
    assertThat(taken.object("reevaluated").objects("affected").getFirst().number("holders"))
        .isPositive();
    ProgramResult why = in().run("why", REVOKED + "@" + version).exits(1);
    assertThat(why.out()).contains("it calls home");
    ProgramResult verify = in().in(project.folder()).run("verify", "Cargo.lock").exits(1);
    assertThat(verify.out()).contains(REVOKED);
    assertThat(in().run("log").out()).contains("it calls home");
    ProgramResult fetch = Cargo.fresh(inside).run(project.folder(), "fetch", "--locked").exits(101);
    assertThat(fetch.err()).contains("BLOCKED " + REVOKED);
  }

  @Test
  @Order(4)
  void earlierSnapshotIsServedAgainAndByNumberLessWhatWasRevoked() {
    CargoProjectFolder project = projects.getLast().layToday();
    String version = project.locked(REVOKED);
    in().run("bundle", "rollback", "1", "--reason", "the new one breaks our build").ok();

    assertThat(in().run("bundle", "list").out()).containsPattern("1 +full.*served");
    assertThat(unserved(projects.getLast().lay())).doesNotContain(REVOKED);
    // The snapshot has no line of the version, but the revocation is known.
    assertThat(in().run("why", REVOKED + "@" + version).exits(1).out()).contains("revoked: ");
    assertThat(
            inside
                .http()
                .get("/snapshots/4/index/" + IndexPath.of(CrateName.parse(REVOKED)))
                .text())
        .containsPattern(Pattern.quote("\"" + version + "\"") + ".*\"yanked\":true");
    assertThat(
            inside
                .http()
                .get("/snapshots/9/index/" + IndexPath.of(CrateName.parse(REVOKED)))
                .status())
        .isEqualTo(404);
  }

  @Test
  @Order(5)
  void bundleOfAnotherOperatorIsRefusedAndNothingChanges() {
    Path foreign = WorkFolder.folder("stranger").resolve("keys");
    alone()
        .run(
            "keys",
            "ceremony",
            "--operator",
            "eve",
            "--stream",
            "prod",
            "--out",
            foreign.toString())
        .ok();
    Path other = WorkFolder.folder("other");
    JsonObject forged =
        json(
            out()
                .run(
                    "bundle",
                    "export",
                    other.toString(),
                    "--keys",
                    foreign.toString(),
                    "--kind",
                    "full",
                    "--allow-missing",
                    "--json")
                .ok());
    String before = in().run("bundle", "list").out();

    ProgramResult refused = in().run("bundle", "import", forged.words("path")).exits(4);

    assertThat(refused.err()).contains("cannot");
    assertThat(in().run("bundle", "list").out()).isEqualTo(before);
  }
}
