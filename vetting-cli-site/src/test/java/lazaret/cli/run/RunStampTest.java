package lazaret.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunStampTest {
  private static final Instant MADE = Instant.parse("2026-11-24T12:00:00Z");
  private static final Sha256 INPUTS = Sha256.of(Bytes.utf8("inputs"));
  private static final RunStamp STAMP = new RunStamp(INPUTS, 7, MADE, MADE.plusSeconds(3_600));

  @TempDir Path folder;

  @Test
  void aStampHoldsForTheSameInputsUntilAVerdictCanChange() {
    assertThat(STAMP.broken(INPUTS, 7, MADE)).isEmpty();
    assertThat(STAMP.broken(INPUTS, 7, MADE.plusSeconds(3_599))).isEmpty();
  }

  @Test
  void eachPartBreaksIt() {
    long head = 7;

    assertThat(STAMP.broken(Sha256.of(Bytes.utf8("others")), head, MADE))
        .hasValueSatisfying(why -> assertThat(why).contains("changed"));
    assertThat(STAMP.broken(INPUTS, 8, MADE)).contains("the store has new events");
    assertThat(STAMP.broken(INPUTS, -1, MADE)).isPresent();
    assertThat(STAMP.broken(INPUTS, head, MADE.plusSeconds(3_600)))
        .hasValueSatisfying(why -> assertThat(why).contains("2026-11-24T13:00:00Z"));
    assertThat(STAMP.broken(INPUTS, head, MADE.minusSeconds(1)))
        .as("a clock that was set back")
        .isPresent();
  }

  /// rustup updates a channel in its folder.
  @Test
  void surroundingsHaveTheToolchainAndTheConfigurationOfCargo() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("stable/bin"));
    Files.writeString(bin.resolve("cargo"), "cargo 1.95.0");
    Path compiler = Files.writeString(bin.resolve("rustc"), "rustc 1.95.0");
    Path workspace = Files.createDirectories(folder.resolve("app"));
    String before = RunStamp.surroundings(folder.resolve("stable"), workspace);
    assertThat(RunStamp.surroundings(folder.resolve("stable"), workspace)).isEqualTo(before);

    Files.writeString(compiler, "rustc 1.96.0 of another length");
    String updated = RunStamp.surroundings(folder.resolve("stable"), workspace);
    Path config = Files.createDirectories(workspace.resolve(".cargo")).resolve("config.toml");
    Files.writeString(config, "[build]\njobs = 2\n");
    String configured = RunStamp.surroundings(folder.resolve("stable"), workspace);
    Files.writeString(config, "[build]\njobs = 3\n");
    String changed = RunStamp.surroundings(folder.resolve("stable"), workspace);

    assertThat(List.of(before, updated, configured, changed)).doesNotHaveDuplicates();
  }

  @Test
  void aWrittenStampIsRead() {
    Path file = folder.resolve("stamp");

    STAMP.write(file);

    assertThat(RunStamp.read(file)).contains(STAMP);
  }

  @Test
  void aStampThatNeverHoldsRemovesTheFormerOne() {
    Path file = folder.resolve("stamp");
    STAMP.write(file);

    new RunStamp(INPUTS, 7, MADE, MADE).write(file);

    assertThat(file).doesNotExist();
    assertThat(RunStamp.read(file)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "run 2\n%s\n7\n2026-11-24T12:00:00Z\n2026-11-24T13:00:00Z\n",
        "run 1\nabc\n7\n2026-11-24T12:00:00Z\n2026-11-24T13:00:00Z\n",
        "run 1\n%s\nx\n2026-11-24T12:00:00Z\n2026-11-24T13:00:00Z\n",
        "run 1\n%s\n7\nyesterday\n2026-11-24T13:00:00Z\n",
        "run 1\n%s\n7\n2026-11-24T12:00:00Z\n",
      })
  void otherFilesAreNoStamps(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("stamp"), text.replace("%s", INPUTS.hex()));

    assertThat(RunStamp.read(file)).isEmpty();
  }
}
