package lazaret.e2e.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.CheckerReport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Packages of all kinds: equal in each build, checked by the tools of the distributions, with
/// caches that the JVM uses.
@Tag("all")
class WholePackagesE2E {
  private static final String[] KINDS = {"--no-caches", "tar", "cli", "deb", "rpm"};

  @Test
  void secondBuildIsEqualByteForByte() throws IOException {
    PackageBuild first = PackageBuild.of("first", KINDS);
    PackageBuild second = PackageBuild.of("second", KINDS);

    assertThat(second.names()).isEqualTo(first.names()).hasSize(16);
    for (String name : first.names()) {
      assertThat(Files.mismatch(first.folder().resolve(name), second.folder().resolve(name)))
          .as(name)
          .isEqualTo(-1);
    }
  }

  @Test
  void cachesAreTheOnlyFilesThatDiffer() {
    Path plain = PackageBuild.of("first", KINDS).unpacked("lazaret-0", ".tar.gz");
    Path complete = PackageBuild.complete().unpacked("lazaret-0", ".tar.gz");

    ProgramResult difference =
        PackageBuild.run("diff", "-rq", "--no-dereference", plain.toString(), complete.toString());

    assertThat(difference.out().lines())
        .hasSize(5)
        .allMatch(line -> line.startsWith("Only in " + complete + ": ") && line.endsWith(".aot"));
  }

  @Test
  void gateUsesItsCacheAndSaysInOneLineIfItCannot() {
    Path home = PackageBuild.complete().unpacked("lazaret-0", ".tar.gz");
    String cache = home.resolve("mirror-server.aot").toString();

    try (PackagedGate gate = start(home, "")) {
      assertThat(gate.maps()).contains(cache);
      assertThat(gate.log()).doesNotContain("AOT");
    }
    try (PackagedGate gate = start(home, "-XX:-UseCompactObjectHeaders")) {
      assertThat(gate.maps()).doesNotContain(cache);
      assertThat(gate.log().lines().filter(line -> line.contains("AOT") || line.contains("aot")))
          .singleElement()
          .asString()
          .contains("WARNING [main] lazaret.mirror.Main: cannot use the AOT cache '" + cache + "'");
    }
  }

  @Test
  void commandLinesUseTheirCaches() {
    for (String begin : List.of("lazaret-0", "lazaret-cli-0")) {
      Path home = PackageBuild.complete().unpacked(begin, "-linux-x86_64.tar.gz");

      String cli = home.resolve("bin/vetting-cli").toString();
      assertThat(PackageBuild.run(cli, "--version").ok().err()).isEmpty();
      ProgramResult other =
          PackageBuild.run(
              "env", "LAZARET_JAVA_OPTS=-XX:-UseCompactObjectHeaders", cli, "--version");
      assertThat(other.ok().err().lines())
          .singleElement()
          .asString()
          .startsWith("note: cannot use the AOT cache '" + home.resolve("vetting-cli.aot") + "'");
    }
  }

  @Test
  void lintianFindsNothing() {
    assumeTrue(Machine.program("lintian").isPresent(), "lintian is not installed");
    Path deb = PackageBuild.complete().named("lazaret_", ".deb");

    ProgramResult checked = PackageBuild.run("lintian", "--allow-root", deb.toString());

    CheckerReport.add("lintian", checked.out());
    checked.ok();
    assertThat(checked.out()).isEmpty();
  }

  @Test
  void rpmlintFindsNothing() {
    assumeTrue(Machine.program("rpmlint").isPresent(), "rpmlint is not installed");
    Path rpm = PackageBuild.complete().named("lazaret-0", ".rpm");
    String reasons = Machine.root().resolve("packaging/rpm/rpmlint.toml").toString();

    ProgramResult checked = PackageBuild.run("rpmlint", "--config", reasons, rpm.toString());

    CheckerReport.add("rpmlint", checked.out());
    assertThat(checked.ok().out())
        .contains("1 packages and 0 specfiles checked")
        .doesNotContain(": W: ", ": E: ");
  }

  @Test
  void fixedArgumentsStartTheSameProgramAsTheLauncher() throws IOException {
    PackageBuild built = PackageBuild.complete();
    Path tree = WorkFolder.folder("deb");
    PackageBuild.run("dpkg-deb", "-x", built.named("lazaret_", ".deb").toString(), tree + "").ok();
    Path home = tree.resolve("usr/lib/lazaret");
    List<String> words = Files.readAllLines(home.resolve("gate.args"));

    assertThat(words).containsAll(Files.readAllLines(home.resolve("mirror-server.flags")));
    List<String> jars = List.of(words.get(words.indexOf("-cp") + 1).split(":", -1));
    assertThat(jars)
        .containsExactlyElementsOf(
            Files.readAllLines(home.resolve("mirror-server.jars")).stream()
                .map(jar -> "/usr/lib/lazaret/jars/" + jar)
                .toList());
    assertThat(jars).allMatch(jar -> Files.exists(Path.of(tree + jar)));
    assertThat(words).endsWith("lazaret.mirror.Main");
  }

  @Test
  void aarch64PackagesHaveFilesOfThatProcessorOnly() throws IOException {
    Path home = Aarch64.packages().unpacked("lazaret-0", ".tar.gz");

    try (Stream<Path> files = Files.walk(home)) {
      List<Path> programs = files.filter(ElfFile::is).toList();
      assertThat(programs)
          .hasSizeGreaterThan(10)
          .allMatch(program -> ElfFile.read(program).machine() == Aarch64.MACHINE);
    }
    assertThat(home.resolve("native/librocksdbjni-linux-aarch64.so")).isRegularFile();
    assertThat(home.resolve("mirror-server.aot")).doesNotExist();
  }

  @Test
  void aarch64GateAnswersInAnEmulator() {
    Path home = Aarch64.packages().unpacked("lazaret-0", ".tar.gz");
    try (PackagedGate gate = PackagedGate.start(Map.of(), Aarch64.emulated(home))) {
      assertThat(gate.get("health/live")).contains("status");
    }
  }

  private static PackagedGate start(Path home, String options) {
    return PackagedGate.start(
        Map.of("LAZARET_JAVA_OPTS", options),
        List.of(
            home.resolve("bin/mirror-server").toString(),
            "--listen",
            "127.0.0.1:0",
            "--upstream",
            WorkFolder.folder("upstream").toString(),
            "--data-dir",
            WorkFolder.folder("data").toString()));
  }
}
