package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Real projects of up to two hundred crates, and published programs, through one gate. The order
/// is significant: later tests find packages stored that the first one fetched.
///
/// Each case has a fresh home of cargo, which takes every package through the gate and compares it
/// with the lockfile. All homes have the same path and all gates the same address, so that cargo
/// compiles the same source only once.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("ci")
class SliceE2E {
  private static final Pattern ARTIFACT = Pattern.compile("/crates/([^/]+)/([^/]+)/download");

  /// The project that is built in seconds; the others take minutes.
  private static final String SAMPLE = "crypto-tool";

  /// An address of the loopback without other listeners, so that its port is free for the next
  /// gate.
  private static final String LISTEN = "127.0.0.2:";

  private final IndexSlice slice = IndexSlice.open(s -> s.argument("--listen", LISTEN + 0));
  private final Path home = WorkFolder.folder("cargo-home");
  private final Path target = WorkFolder.folder("target");

  @AfterAll
  void close() {
    slice.close();
  }

  static Stream<Subject> subjects() {
    return IndexSlice.subjects();
  }

  static Stream<Subject> projects() {
    return IndexSlice.projects();
  }

  /// Returns all in a complete run, else the one that is built in seconds.
  static Stream<Subject> sampled() {
    return Machine.all()
        ? IndexSlice.subjects()
        : IndexSlice.subjects().filter(s -> s.name().equals(SAMPLE));
  }

  private Cargo cargo() {
    return cargo(slice);
  }

  /// Returns a cargo that writes no debug information, because the results are not run.
  private Cargo cargo(IndexSlice through) {
    return Cargo.emptied(home, through.gate())
        .env("CARGO_TARGET_DIR", target.toString())
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_INCREMENTAL", "0");
  }

  private static ProgramResult fetch(Cargo cargo, CargoProjectFolder project) {
    return cargo.run(project.folder(), "fetch", "--locked", "--target", IndexSlice.PLATFORM);
  }

  @ParameterizedTest
  @MethodSource("subjects")
  @Order(1)
  void oldLockIsFetched(Subject subject) {
    CargoProjectFolder project = subject.lay();
    String lock = project.lock();

    fetch(cargo(), project).ok();

    assertThat(project.lock()).isEqualTo(lock);
  }

  @ParameterizedTest
  @MethodSource("subjects")
  @Order(2)
  void secondHomeIsServedWithoutOneUpstreamRequest(Subject subject) {
    slice.settle();
    CargoProjectFolder project = subject.lay();

    fetch(cargo(), project).ok();

    // The base versions of young versions are fetched later.
    assertThat(slice.upstream().requests())
        .filteredOn(request -> !isComparedWith(request.target(), project.lock()))
        .isEmpty();
  }

  /// Returns whether a request is for an artifact that the lockfile does not name.
  private static boolean isComparedWith(String target, String lock) {
    Matcher artifact = ARTIFACT.matcher(target);
    return artifact.matches()
        && !lock.contains(
            "name = \"%s\"\nversion = \"%s\"\n".formatted(artifact.group(1), artifact.group(2)));
  }

  @ParameterizedTest
  @MethodSource("sampled")
  @Order(3)
  void secondHomeIsServedAndBuildsWithUpstreamSwitchedOff(Subject subject) {
    slice.upstream().switchOff();
    try {
      Cargo cargo = cargo();

      cargo.run(subject.lay().folder(), "build", "--locked").ok();
    } finally {
      slice.upstream().switchOn();
    }
  }

  @ParameterizedTest
  @MethodSource("projects")
  @Order(4)
  void freshResolutionChoosesNoVersionYoungerThanTheCooldown(Subject subject) {
    CargoProjectFolder project = subject.layToday();
    assertThat(project.lockfile().toFile().delete()).isTrue();
    Cargo cargo = cargo();

    cargo.run(project.folder(), "generate-lockfile").ok();
    ProgramResult result =
        Machine.all()
            ? cargo.run(project.folder(), "build", "--locked")
            : cargo.run(project.folder(), "fetch", "--locked");

    result.ok();
    assertThat(IndexSlice.published(project.lock()))
        .hasSizeGreaterThan(50)
        .allMatch(time -> !time.isAfter(IndexSlice.TAKEN.minus(Duration.ofDays(7))));
  }

  @ParameterizedTest
  @MethodSource("projects")
  @Order(5)
  void lockOfTodayIsRefusedWithTheReasonAndPassesAfterItsApproval(Subject subject) {
    CargoProjectFolder project = subject.layToday();

    ProgramResult refused = cargo().run(project.folder(), "fetch", "--locked").exits(101);
    assertThat(refused.err()).contains("got 403").containsPattern("BLOCKED \\S+ \\S+: cooldown");

    CliProcess cli = CliProcess.beside(slice.gate()).in(project.folder());
    assertThat(cli.run("verify", "Cargo.lock").exit()).isEqualTo(1);
    cli.run("approve", "--yes", "--lockfile", "Cargo.lock", "--reason", "read the changes").ok();
    cli.run("verify", "Cargo.lock").ok();
    Cargo cargo = cargo();
    if (Machine.all()) {
      cargo.run(project.folder(), "build", "--locked").ok();
    } else {
      cargo.run(project.folder(), "fetch", "--locked").ok();
    }
  }

  @ParameterizedTest
  @MethodSource("sampled")
  @Order(6)
  void nothingButAPrefetchIsNeeded(Subject subject) {
    int port = URI.create(slice.gate().url()).getPort();
    slice.close();
    try (IndexSlice other = IndexSlice.open(s -> s.argument("--listen", LISTEN + port))) {
      CargoProjectFolder project = subject.lay();

      CliProcess.beside(other.gate()).in(project.folder()).run("prefetch", "Cargo.lock");
      other.settle();
      fetch(cargo(other), project).ok();
      // The gate inspects some versions in advance, and related crates of young versions. None of
      // them is named in the lockfile.
      assertThat(other.upstream().requests())
          .noneMatch(request -> isLocked(project, request.target()));

      other.upstream().switchOff();
      Cargo cargo = cargo(other);
      if (Machine.all()) {
        cargo.run(project.folder(), "build", "--locked").ok();
      } else {
        fetch(cargo, project).ok();
      }
    }
  }

  private static boolean isLocked(CargoProjectFolder project, String target) {
    String[] parts = target.split("/", -1);
    if (parts[1].equals("index")) {
      return project.lock().contains("name = \"" + parts[parts.length - 1] + "\"");
    }
    return IndexSlice.locks(project.lock(), parts[2], parts[3]);
  }

  @Test
  @Order(7)
  void folderIsAnUpstreamToo() {
    Path data = WorkFolder.folder("data");
    GateSettings settings = GateSettings.over(data, IndexSlice.data()).clock(IndexSlice.TAKEN);
    try (GateProcess gate = GateProcess.start(settings)) {
      CargoProjectFolder project = new Subject("command-line", false).lay();

      fetch(Cargo.fresh(gate), project).ok();
    }
  }
}
