package lazaret.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lazaret.cli.desk.CliException;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockfileTest {
  @TempDir Path folder;

  private Path file;
  private RunLockfile lockfile;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("Cargo.lock"), "version = 4\n");
    lockfile = new RunLockfile(file);
  }

  @Test
  void aLockfileThatStaysNeedsOneCheck() throws IOException {
    lockfile.begin();
    Files.writeString(file, "version = 4\n");

    assertThat(lockfile.stayed()).isTrue();
    assertThat(lockfile.changed()).isEmpty();
  }

  /// The packages of another lockfile may have been fetched before, so that it would build.
  @Test
  void aLockfileThatChangesIsCheckedAgain() throws IOException {
    lockfile.begin();
    Files.writeString(file, "version = 3\n");

    assertThat(lockfile.stayed()).isFalse();
    assertThat(lockfile.checked()).isEqualTo(Bytes.utf8("version = 4\n"));
    assertThat(lockfile.changed()).contains("Cargo.lock changed during the check");

    lockfile.begin();
    assertThat(lockfile.checked()).isEqualTo(Bytes.utf8("version = 3\n"));
    assertThat(lockfile.changed()).isEmpty();
  }

  @Test
  void aLockfileThatKeepsChangingEndsTheCommand() throws IOException {
    for (int checks = 1; checks < RunLockfile.MOST_CHECKS; checks++) {
      lockfile.begin();
      Files.writeString(file, "# " + checks);
      assertThat(lockfile.changed()).isPresent();
    }
    lockfile.begin();
    Files.writeString(file, "# another");

    assertThatThrownBy(lockfile::changed)
        .isInstanceOf(CliException.class)
        .hasMessageContaining("expected a Cargo.lock that stays the same during its check")
        .hasMessageContaining("found 3 changes; end the program that writes " + file);
  }

  /// A failed update ends the command, although Cargo.lock differs from an earlier check.
  @Test
  void aLockfileThatIsToBeMadeHasNotChanged() throws IOException {
    lockfile.begin();
    Files.writeString(file, "version = 3\n");
    assertThat(lockfile.stayed()).isFalse();

    lockfile.beginNew();

    assertThat(lockfile.stayed()).isTrue();
  }

  @Test
  void aLockfileThatVanishesIsNotAnEmptyOne() throws IOException {
    lockfile.begin();
    Files.delete(file);

    assertThat(lockfile.exists()).isFalse();
    assertThatThrownBy(lockfile::changed)
        .isInstanceOf(CliException.class)
        .hasMessageContaining("cannot read " + file);
  }
}
