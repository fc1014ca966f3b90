package lazaret.sandbox.folders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Temporary folders of processes that end in different ways.
class TemporaryFolderTest {
  @TempDir Path parent;

  @Test
  void isItsUsersAloneAndGoneWithAllThatIsInIt() throws IOException {
    Path outside = Files.writeString(parent.resolve("outside"), "stays");
    Path path;
    try (TemporaryFolder folder = TemporaryFolder.make(parent, "kind", "rwx--x--x")) {
      path = folder.path();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rwx--x--x");
      Path closed = Files.createDirectories(path.resolve("a/b"));
      Files.createSymbolicLink(path.resolve("a/link"), outside);
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    }

    assertThat(path).doesNotExist();
    assertThat(outside).hasContent("stays");
  }

  @Test
  void isGoneWhereItsProcessIsToldToEnd() throws Exception {
    Process holder = holder();
    Path folder = printedFolder(holder);
    assertThat(folder.resolve("file")).exists();

    // The signal of Ctrl-C and of service managers.
    holder.destroy();

    assertThat(holder.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(folder).doesNotExist();
  }

  @Test
  void isTakenAwayByAnotherProcessWhereItsOwnWasKilled() throws Exception {
    Process holder = holder();
    Path folder = printedFolder(holder);

    OrphanedFolders.remove(parent);
    assertThat(folder.resolve("file")).as("its process lives").exists();

    holder.destroyForcibly();
    assertThat(holder.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(folder.resolve("file")).exists();
    Process next = holder();
    try {
      Path other = printedFolder(next);

      // The removal runs in the background, and the process keeps running.
      while (Files.exists(folder)) {
        Thread.onSpinWait();
      }
      assertThat(other).exists();
    } finally {
      next.destroyForcibly();
    }
  }

  private Process holder() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            FolderHolder.class.getName(),
            parent.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static Path printedFolder(Process holder) throws IOException {
    return Path.of(holder.inputReader().readLine());
  }

  /// Returns the name of a process that cannot exist, because its number is too large.
  private static ProcessFolderName dead() {
    ProcessFolderName ours = ProcessFolderName.OURS;
    return new ProcessFolderName(ours.boot(), ours.space(), 99_999_999_999L, ours.started());
  }

  private Path made(String name, String mode) throws IOException {
    Path folder = Files.createDirectory(parent.resolve(name));
    Files.writeString(folder.resolve("file"), "text");
    return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
  }

  @Test
  void folderOfADeadProcessIsTakenAwayAndWhatLooksLikeItIsNot() throws IOException {
    Path dead = made(dead().text("gate", 1), "rwx------");
    Path passable = made(dead().text("sandbox", 2), "rwx--x--x");
    Path open = made(dead().text("gate", 3), "rwxr-xr-x");
    Path file = Files.writeString(parent.resolve(dead().text("gate", 4)), "text");
    Path elsewhere = made("elsewhere", "rwx------");
    Path link = Files.createSymbolicLink(parent.resolve(dead().text("gate", 5)), elsewhere);
    Path another = made(dead().text("gate", 6) + "-x", "rwx------");

    OrphanedFolders.remove(parent);

    assertThat(List.of(dead, passable)).noneMatch(Files::exists);
    assertThat(List.of(open, file, link, another, elsewhere.resolve("file")))
        .allMatch(Files::exists);
  }

  @Test
  void folderOfAnotherUserStays() throws IOException {
    Path folder = made(dead().text("gate", 1), "rwx------");
    assumeTrue(Files.getAttribute(folder, "unix:uid").equals(0), "giving a folder away takes root");
    Files.setAttribute(folder, "unix:uid", 65_534);

    OrphanedFolders.remove(parent);

    assertThat(folder).exists();
  }

  @Test
  void onlyAProcessOfThisMachineSinceItsStartIsKnownToBeDead() {
    ProcessFolderName ours = ProcessFolderName.OURS;
    ProcessFolderName dead = dead();

    assertThat(ours.isDead()).isFalse();
    assertThat(dead.isDead()).isTrue();
    assertThat(new ProcessFolderName(ours.boot(), ours.space(), ours.process(), 1).isDead())
        .as("its number was given to another one")
        .isTrue();
    assertThat(new ProcessFolderName("other-", dead.space(), dead.process(), 1).isDead()).isFalse();
    assertThat(new ProcessFolderName(dead.boot(), 1, dead.process(), 1).isDead()).isFalse();
    assertThat(new ProcessFolderName(dead.boot(), dead.space(), dead.process(), 0).isDead())
        .isFalse();
  }

  @Test
  void nameIsReadAsItWasWritten() {
    ProcessFolderName ours = ProcessFolderName.OURS;

    assertThat(ProcessFolderName.read(ours.text("gate", 1L << 43))).contains(ours);
    assertThat(ours.text("scratch", 1L << 43)).hasSizeLessThan(60);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lazaret-sandbox-1234567890",
        "lazaret-gate-abcdef-1-2-3",
        "lazaret-gate-abcdef-1-2-3-4-5",
        "lazaret-gate-ABCDEF-1-2-3-4",
        "lazaret-gate-abcdef-1-2-zzzzzzzzzzzz-4",
        "lazaret-Gate-abcdef-1-2-3-4",
        "lazaret--abcdef-1-2-3-4",
        "gate-abcdef-1-2-3-4"
      })
  void otherNamesAreNotOurs(String name) {
    assertThat(ProcessFolderName.read(name)).isEmpty();
  }
}
