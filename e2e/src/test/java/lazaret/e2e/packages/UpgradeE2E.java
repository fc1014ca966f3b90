package lazaret.e2e.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import lazaret.e2e.harness.Cargo;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.JsonObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The upgrade of `docs/upgrade.md` from an older build and back, with both builds as programs. The
/// older build is made from the history of this repository.
@Tag("all")
class UpgradeE2E {
  /// The last commit before the desk in the browser. Its stores lack tables that this build adds.
  private static final String OLDER = "dea602d6";

  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final String REASON = "leaks the environment";

  /// A build of the product.
  ///
  /// @param root the folder of its sources
  private record Build(Path root) {
    PackagedGate gate(Path upstream, Path data) {
      return PackagedGate.start(
          Map.of("LAZARET_AOT", "off"),
          List.of(
              root.resolve("bin/mirror-server").toString(),
              "--listen",
              "127.0.0.1:0",
              "--upstream",
              upstream.toString(),
              "--data-dir",
              data.toString()));
    }

    ProgramResult cli(Path data, String... words) {
      List<String> command = new ArrayList<>();
      command.add(root.resolve("bin/vetting-cli").toString());
      command.addAll(List.of("--data-dir", data.toString()));
      command.addAll(List.of(words));
      return run(command);
    }

    /// Runs a command beside the running gate of a data folder.
    ProgramResult beside(Path data, String... words) {
      List<String> command = new ArrayList<>(List.of("env", "LAZARET_DATA_DIR=" + data));
      command.add(root.resolve("bin/vetting-cli").toString());
      command.addAll(List.of(words));
      return run(command);
    }

    private static ProgramResult run(List<String> command) {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().keySet().removeIf(name -> name.startsWith("LAZARET"));
      builder.environment().put("LAZARET_AOT", "off");
      return ProgramResult.of(builder, PATIENCE);
    }
  }

  /// Returns the older build, made from the history of this repository.
  private static Build older() {
    Path tree = Machine.root().resolve("e2e/target/build-" + OLDER);
    if (!Files.isExecutable(tree.resolve("bin/mirror-server"))) {
      ProgramResult unpacked =
          PackageBuild.run(
              "sh",
              "-c",
              "mkdir -p \"$1\" && git -C \"$2\" archive --format=tar \"$3\" >\"$1.tar\""
                  + " && tar -xf \"$1.tar\" -C \"$1\" && rm \"$1.tar\"",
              "sh",
              tree.toString(),
              Machine.root().toString(),
              OLDER);
      if (unpacked.exit() != 0) {
        WorkFolder.delete(tree);
      }
      assumeTrue(unpacked.exit() == 0, "the history of the clone does not have " + OLDER);
    }
    Build build = new Build(tree);
    ProgramResult built = Build.run(List.of(tree + "/bin/mirror-server", "--help"));
    assumeTrue(built.exit() == 0, OLDER + " cannot be built: " + lastLine(built.err()));
    return build;
  }

  private static String lastLine(String text) {
    return text.strip().lines().reduce((_, last) -> last).orElse("");
  }

  @Test
  void storeOfAnOlderBuildIsUpgradedAndItsBackupLeadsBack() {
    assumeTrue(Machine.rust().isPresent(), "cargo is not installed");
    Build older = older();
    Build current = new Build(Machine.root());
    Path upstream = WorkFolder.folder("upstream");
    Crates.alphaAndBeta().writeTo(upstream);
    Path data = WorkFolder.folder("data");
    Path backup = WorkFolder.folder("backup").resolve("before-the-upgrade");
    String token;
    try (PackagedGate gate = older.gate(upstream, data)) {
      fetch(gate);
      older.beside(data, "deny", "alpha@1.0.0", "--reason", REASON).ok();
      token = older.beside(data, "token", "create", "ci", "--scope", "read", "--json").ok().out();
      older.beside(data, "backup", backup.toString()).ok();
      assertThat(gate.stop()).isTrue();
    }

    try (PackagedGate gate = current.gate(upstream, data)) {
      keeps(current, data);
      fetch(gate);
      current.beside(data, "fsck").ok();
      assertThat(whoami(current, gate, token)).contains("ci");
      current.beside(data, "deny", "alpha@1.1.0", "--reason", "after the upgrade").ok();
      assertThat(gate.stop()).isTrue();
    }

    // Back on the same store: refused, and nothing of the database is changed.
    Map<String, String> before = files(data.resolve("store"));
    assertThatThrownBy(() -> older.gate(upstream, data).close())
        .hasMessageContaining("a newer version wrote it; run that version");
    assertThat(files(data.resolve("store"))).isEqualTo(before);
    try (PackagedGate gate = current.gate(upstream, data)) {
      keeps(current, data);
      assertThat(current.beside(data, "why", "alpha@1.1.0").out()).contains("after the upgrade");
      assertThat(gate.stop()).isTrue();
    }

    // Back with the backup of the older build.
    Path restored = WorkFolder.folder("restored");
    older.cli(restored, "restore", backup.toString()).ok();
    try (PackagedGate gate = older.gate(upstream, restored)) {
      keeps(older, restored);
      assertThat(older.beside(restored, "why", "alpha@1.1.0").out())
          .doesNotContain("after the upgrade");
      fetch(gate);
      assertThat(gate.stop()).isTrue();
    }

    // The newer build reads the older backup, too.
    Path again = WorkFolder.folder("restored-again");
    current.cli(again, "restore", backup.toString()).ok();
    try (PackagedGate gate = current.gate(upstream, again)) {
      keeps(current, again);
      assertThat(gate.stop()).isTrue();
    }
  }

  /// Asks the gate for the owner of a token that another build made.
  private static String whoami(Build build, PackagedGate gate, String token) {
    String secret = JsonObject.parse(token).words("secret");
    Path file = WorkFolder.folder("token").resolve("token");
    try {
      Files.writeString(file, secret);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
    String[] words = {"--server", gate.url(), "--token-file", file.toString(), "whoami"};
    return build.beside(WorkFolder.folder("nothing"), words).ok().out();
  }

  private static void keeps(Build build, Path data) {
    assertThat(build.beside(data, "why", "alpha@1.0.0").out()).contains(REASON);
  }

  private static void fetch(PackagedGate gate) {
    Cargo cargo = Cargo.fresh(Cargo.config(gate.url().replaceFirst("/$", "")));
    cargo.run(CargoProjectFolder.with("alpha = \"1\"").folder(), "fetch").ok();
  }

  /// Returns the files of a folder with their SHA-256.
  private static Map<String, String> files(Path folder) {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        found.put(
            folder.relativize(file).toString(),
            PackageBuild.run("sha256sum", file.toString()).ok().out().split(" ", 2)[0]);
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
  }
}
