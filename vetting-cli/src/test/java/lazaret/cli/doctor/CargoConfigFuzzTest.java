package lazaret.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import lazaret.testkit.Mutator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CargoConfigFuzzTest {
  private static final byte[] CONFIG =
      """
      include = "more.toml"
      [source.crates-io]
      replace-with = "lazaret"
      [registries.lazaret]
      index = "sparse+http://127.0.0.1:7080/index/"
      [patch.crates-io]
      serde = { git = "https://example.org/serde" }
      """
          .getBytes(StandardCharsets.UTF_8);
  private static final byte[] MANIFEST =
      """
      [package]
      name = "app"
      [workspace]
      members = ["a*", "libs/[x]", "{b}"]
      [dependencies]
      side = { git = "https://example.org/side", branch = "main" }
      near = { path = "../near" }
      """
          .getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  /// The files of a hostile project may contain anything. The doctor must still report findings.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void mutatedFilesAreFindingsAndNotFailures(long seed) throws IOException {
    Mutator mutator = new Mutator(seed);
    Files.createDirectories(folder.resolve(".cargo"));
    ProjectDoctor doctor =
        new ProjectDoctor(
            folder, folder, Map.of(), "", (_, _) -> new GateProbe.Reply(0, "refused"));
    for (int i = 0; i < Mutator.rounds(300); i++) {
      Files.write(folder.resolve(".cargo/config.toml"), mutator.mutate(CONFIG));
      Files.write(folder.resolve("Cargo.toml"), mutator.mutate(MANIFEST));

      assertThat(doctor.examine()).isNotEmpty();
    }
  }
}
