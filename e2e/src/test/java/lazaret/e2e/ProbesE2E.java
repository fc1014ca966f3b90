package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.ProbeResults;
import lazaret.e2e.harness.ProbeYard;
import lazaret.e2e.harness.ProbeYard.Attempt;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.Programs;
import lazaret.e2e.harness.SandboxCell;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The probes in the sandbox, run by root and by a user, in each mode, watched and unwatched. None
/// reaches its object, and if the build is watched, the report names the crate. [ProbeControlE2E]
/// shows that each probe would succeed elsewhere.
@Tag("ci")
class ProbesE2E {
  /// The permitted names in the environment inside, including those that cargo sets itself.
  private static final Pattern ALLOWED_NAMES =
      Pattern.compile(
          "(CARGO|RUST|DEP_|OUT_DIR|TARGET|HOST|NUM_JOBS|OPT_LEVEL|PROFILE|DEBUG|LD_LIBRARY_PATH"
              + "|MAKEFLAGS|PATH|HOME|TMPDIR|LANG|SOURCE_DATE_EPOCH|TERM|PWD|SHLVL|_$).*");

  private static final ProbeResults RESULTS = new ProbeResults();

  @AfterAll
  static void write() {
    RESULTS.write();
  }

  static Stream<SandboxCell> cells() {
    List<SandboxCell> all =
        Stream.of(true, false)
            .flatMap(
                root ->
                    Stream.of("sealed", "gate", "fetch")
                        .flatMap(
                            mode ->
                                Stream.of(true, false)
                                    .map(report -> new SandboxCell(root, mode, report))))
            .toList();
    // The sample has each value of each axis.
    return Machine.all() ? all.stream() : Stream.of(all.get(0), all.get(9), all.get(4));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void noProbeReachesWhatItReachesFor(SandboxCell cell) throws IOException {
    assumeTrue(Machine.program("bwrap").isPresent(), "bubblewrap is not installed");
    assumeTrue(Machine.rust().isPresent(), "cargo is not installed");
    assumeTrue(Programs.isRoot(), "becoming a user, too, takes root");
    try (GateScene scene = GateScene.of(Crates.alphaAndBeta());
        ProbeYard yard = ProbeYard.lay()) {
      Map<String, String> before = yard.projectFiles();
      int asked = scene.upstream().requests().size();

      ProgramResult ran =
          cell.build(yard, scene.gate(), "cargo", "build", "--workspace", "--offline");

      List<Attempt> attempts = ProbeYard.attempts(yard.target());
      RESULTS.add(cell, attempts, ran.out());
      assertThat(yard.projectFiles()).as("the project").isEqualTo(before);
      assertThat(yard.heard()).as("visits to listeners of the machine\n%s", ran).hasValue(0);
      assertThat(scene.upstream().requests()).as("requests upstream").hasSize(asked);
      assertThat(ran.out() + ran.err()).as("the canary").doesNotContain(yard.canary());
      assertThat(ran.err()).as("what would act on a terminal").doesNotContain("\u001b]");
      assertThat(yard.folder().resolve("wrapper-ran"))
          .as("a rustc-wrapper of the project")
          .doesNotExist();
      if (cell.mode().equals("fetch")) {
        assertThat(ran.ok().exit()).isZero();
        assertThat(attempts).as("code of a crate ran while fetching").isEmpty();
        return;
      }
      judge(cell, yard, ran, attempts);
      if (cell.report()) {
        named(cell, ran);
      }
    }
  }

  private static void judge(
      SandboxCell cell, ProbeYard yard, ProgramResult ran, List<Attempt> attempts) {
    assertThat(attempts)
        .as("all probes ran\n%s", ran)
        .extracting(Attempt::probe)
        .contains(probes());
    assertThat(attempts)
        .filteredOn(a -> a.outcome().equals("reached"))
        .filteredOn(a -> !isHarmless(cell, a))
        .as("reached")
        .isEmpty();
    assertThat(attempts).extracting(Attempt::seen).noneMatch(seen -> seen.contains(yard.canary()));
    assertThat(attempts)
        .filteredOn(a -> a.name().equals("names"))
        .allSatisfy(
            a ->
                assertThat(a.seen().replaceAll("[\\\\\"]", "").strip().split(" "))
                    .allMatch(name -> ALLOWED_NAMES.matcher(name).matches()));
    if (cell.mode().equals("gate")) {
      assertThat(attempts)
          .as("the one request that is allowed")
          .anyMatch(a -> a.name().equals("honest request") && a.seen().contains("200"));
    }
    assertThat(yard.folder().resolve("planted-ran")).as("a planted compiler").doesNotExist();
  }

  /// Returns whether an attempt is harmless. Decoys may be read, which is their purpose.
  private static boolean isHarmless(SandboxCell cell, Attempt attempt) {
    return cell.report()
        && Set.of("p01-home-secrets", "p03-cargo-token", "p10-project-secrets", "p32-proc-macro")
            .contains(attempt.probe())
        && attempt.name().startsWith("read ");
  }

  private static String[] probes() {
    try (var folders = Files.list(ProbeYard.sources())) {
      return folders
          .map(folder -> String.valueOf(folder.getFileName()))
          .filter(name -> name.matches("p\\d\\d-.*"))
          .filter(name -> !name.equals("p32-macro-work") && !name.equals("p39-escape-sequences"))
          .toArray(String[]::new);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /// Checks that the report names crate and resource of all attempts that the kernel makes visible.
  private static void named(SandboxCell cell, ProgramResult ran) {
    String report = ran.out();
    for (Map.Entry<String, String> expected :
        Map.of(
                "p01-home-secrets", "decoy-opened",
                "p03-cargo-token", "decoy-opened",
                "p08-keyring", "keyring",
                "p09-traces-process-1", "trace",
                "p23-virtual-machine-sockets", "socket",
                "p36-kernel-doors", "kernel",
                "p51-project-sockets", "socket")
            .entrySet()) {
      assertThat(report)
          .as("%s by %s", expected.getValue(), expected.getKey())
          .containsPattern(
              Pattern.compile(
                  "\\{[^{}]*\"kind\"\\s*:\\s*\""
                      + expected.getValue()
                      + "\"[^{}]*\"crate\"\\s*:\\s*\""
                      + expected.getKey()
                      + "\""));
    }
    assertThat(report).as("candidates for what ran in rustc").contains("p32-macro-work");
    assertThat(report).as("p26-hands-out-a-folder").contains("listen at offer.sock");
    String network = cell.mode().equals("gate") ? "connect" : "socket";
    assertThat(report)
        .containsPattern(
            Pattern.compile(
                "\"kind\"\\s*:\\s*\"("
                    + network
                    + "|connect)\"[^{}]*\"crate\"\\s*:\\s*\"p20-connects\""));
  }
}
