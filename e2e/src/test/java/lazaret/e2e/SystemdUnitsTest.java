package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.bundle.importing.HighWaterMark;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.ProgramResult;
import lazaret.testkit.CheckerReport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The units of systemd, as systemd itself judges them.
class SystemdUnitsTest {
  private static final Path UNITS = Machine.root().resolve("packaging/systemd");
  private static final Pattern EXPOSURE = Pattern.compile("exposure level for \\S+: ([0-9.]+)");
  private static final Pattern PROGRAM = Pattern.compile("(?m)^Exec\\w+=-?(/\\S+)");

  /// The highest exposure of each service. That of the sandbox may only become lower.
  private static final Map<String, Double> LIMITS =
      Map.of("lazaret.service", 2.0, "lazaret-sandbox.service", 3.7);

  @TempDir Path root;

  @BeforeEach
  void requiresSystemd() {
    assumeTrue(Machine.program("systemd-analyze").isPresent(), "no systemd-analyze in PATH");
  }

  private static ProgramResult analyze(String... words) {
    return ProgramResult.of(
        new ProcessBuilder(
            Stream.concat(Stream.of("systemd-analyze", "--no-pager"), Stream.of(words)).toList()),
        Duration.ofMinutes(1));
  }

  @Test
  void servicesHaveAtMostTheirExposure() {
    LIMITS.forEach(
        (unit, limit) -> {
          String out =
              analyze("security", "--offline=true", UNITS.resolve(unit).toString()).ok().out();
          Matcher found = EXPOSURE.matcher(out);
          assertThat(found.find()).as(out).isTrue();
          CheckerReport.add("systemd-analyze", unit + ": " + found.group());
          assertThat(Double.parseDouble(found.group(1))).as(unit).isLessThanOrEqualTo(limit);
        });
  }

  @Test
  void gateIsBelowTheThresholdOfSystemd() {
    String unit = UNITS.resolve("lazaret.service").toString();

    analyze("security", "--offline=true", "--threshold=20", unit).ok();
    assertThat(analyze("security", "--offline=true", "--threshold=5", unit).exit())
        .as("the threshold has an effect")
        .isNotZero();
  }

  @Test
  void unitsHaveNoMistake() throws IOException {
    List<Path> units = layOut();

    analyze(
            Stream.concat(
                    Stream.of("verify", "--man=no", "--recursive-errors=no", "--root=" + root),
                    units.stream().map(unit -> unit.getFileName().toString()))
                .toArray(String[]::new))
        .ok();
    Path gate = root.resolve("usr/lib/systemd/system/lazaret.service");
    Files.writeString(gate, Files.readString(gate) + "NoSuchKey=yes\n");
    assertThat(
            analyze(
                    "verify",
                    "--man=no",
                    "--recursive-errors=no",
                    "--root=" + root,
                    "lazaret.service")
                .err())
        .as("a mistake is found")
        .contains("NoSuchKey");
  }

  /// The high-water mark of bundles is next to the data folder, and the unit lets the gate write
  /// only in its state directory.
  @Test
  void gateMayWriteNextToItsDataFolder() throws IOException {
    String unit = Files.readString(UNITS.resolve("lazaret.service"));
    String settings = Files.readString(Machine.root().resolve("packaging/linux/lazaret.toml"));

    assertThat(unit)
        .contains("\nStateDirectory=lazaret\n", "\nEnvironment=LAZARET_DATA_DIR=%S/lazaret/data\n");
    assertThat(settings).contains("\ndata-dir = \"/var/lib/lazaret/data\"\n");
    assertThat(HighWaterMark.beside(Path.of("/var/lib/lazaret/data")))
        .isEqualTo(Path.of("/var/lib/lazaret/data.highwater"));
  }

  /// The gate accepts the service only with these lines, and the service only the gate.
  /// [SandboxServiceUsersE2E] shows it with processes.
  @Test
  void sandboxIsReachedByTheGateAndReachesItsSocket() throws IOException {
    assertThat(Files.readString(UNITS.resolve("lazaret-sandbox.service")))
        .contains(
            "\nExecStart=/usr/bin/vetting-cli sandbox serve --user lazaret --cache %C/lazaret-sandbox/packages\n",
            "\nStandardInput=socket\n",
            "\nStandardOutput=journal\n",
            "\nUser=lazaret-sandbox\n",
            "\nSupplementaryGroups=lazaret\n",
            "\nEnvironment=LAZARET_DATA_DIR=%S/lazaret/data\n",
            "\nEnvironment=LAZARET_SERVER_SOCKET=/run/lazaret/desk.sock\n",
            "\nEnvironment=HOME=%C/lazaret-sandbox\n",
            "\nCacheDirectory=lazaret-sandbox\n");
    assertThat(Files.readString(UNITS.resolve("lazaret-sandbox.socket")))
        .contains(
            "\nListenStream=/run/lazaret-sandbox/socket\n",
            "\nSocketUser=lazaret\n",
            "\nSocketMode=0600\n");
    assertThat(Files.readString(UNITS.resolve("lazaret.service")))
        .contains(
            "\nUser=lazaret\n", "\nRuntimeDirectory=lazaret\n", "\nRuntimeDirectoryMode=0755\n");
  }

  /// Without a locale the JDK cannot write names of files beyond ASCII.
  @Test
  void servicesHaveALocaleWithUtf8() throws IOException {
    for (String unit : LIMITS.keySet()) {
      assertThat(Files.readString(UNITS.resolve(unit)))
          .as(unit)
          .contains("\nEnvironment=LANG=C.UTF-8\n");
    }
  }

  /// Puts the units into a root with programs at the paths that they name.
  private List<Path> layOut() throws IOException {
    Path folder = Files.createDirectories(root.resolve("usr/lib/systemd/system"));
    try (Stream<Path> files = Files.list(UNITS)) {
      List<Path> units =
          files.filter(file -> file.toString().matches(".*\\.(service|socket)")).sorted().toList();
      assertThat(units).hasSize(3);
      for (Path unit : units) {
        String text = Files.readString(unit);
        Files.writeString(folder.resolve(unit.getFileName()), text);
        for (Matcher program = PROGRAM.matcher(text); program.find(); ) {
          Path file = root.resolve(program.group(1).substring(1));
          Files.createDirectories(file.getParent());
          Files.writeString(file, "#!/bin/sh\n");
          Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
      }
      return units;
    }
  }
}
