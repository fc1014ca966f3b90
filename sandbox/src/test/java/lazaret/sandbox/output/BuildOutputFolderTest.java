package lazaret.sandbox.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import lazaret.sandbox.SandboxException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildOutputFolderTest {
  private static final long MOST = 1_000;

  @TempDir Path folder;
  private Path target;
  private Path destination;

  @BeforeEach
  void build() throws IOException {
    target = Files.createDirectories(folder.resolve("out"));
    destination = folder.resolve("taken");
    Files.createDirectories(target.resolve("debug/deps"));
    Files.writeString(folder.resolve("secret"), "secret");
  }

  @Test
  void takesWhatCargoLinkedFromItsDeps() throws IOException {
    Path built = target.resolve("debug/deps/tool-1234");
    Files.writeString(built, "program");
    Files.setPosixFilePermissions(built, PosixFilePermissions.fromString("rwxrwxrwx"));
    Files.createLink(target.resolve("debug/tool"), built);

    Path taken = take("debug/tool");

    assertThat(taken).isEqualTo(destination.resolve("tool")).hasContent("program");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(taken)))
        .isEqualTo("rwxr-xr-x");
    assertThat(destination).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void replacesWhatWasTakenBefore() throws IOException {
    Files.writeString(target.resolve("debug/tool"), "first");
    take("debug/tool");
    Files.writeString(target.resolve("debug/tool"), "second");

    assertThat(take("debug/tool")).hasContent("second");
  }

  @Test
  void clearsTheSetuidBit() throws IOException {
    Path built = target.resolve("debug/tool");
    Files.writeString(built, "program");
    Files.setAttribute(built, "unix:mode", 0106755);

    Path taken = take("debug/tool");

    assertThat((Integer) Files.getAttribute(taken, "unix:mode") & 07777).isEqualTo(0755);
  }

  @Test
  void refusesLinksAtEveryStep() throws IOException {
    Files.createSymbolicLink(target.resolve("debug/tool"), folder.resolve("secret"));
    Files.createSymbolicLink(target.resolve("release"), folder);

    assertThatThrownBy(() -> take("debug/tool"))
        .isInstanceOf(SandboxException.class)
        .hasMessageEndingWith("it is not a regular file");
    assertThatThrownBy(() -> take("release/secret"))
        .hasMessageEndingWith("'release' is not a readable folder")
        .isInstanceOfSatisfying(
            SandboxException.class,
            e -> assertThat(e.kind()).isEqualTo(SandboxException.Kind.REFUSED));
    assertThat(destination).doesNotExist();
  }

  @Test
  void movesAsideWhatCargoNotesOfEachProfile() throws IOException {
    Files.createDirectories(target.resolve("debug/.fingerprint/tool-1234"));
    Files.createDirectories(target.resolve("wasm32-unknown-unknown/release/.fingerprint"));
    Files.createDirectories(target.resolve("debug/deps/.fingerprint.d"));
    Files.createDirectories(folder.resolve("elsewhere/.fingerprint"));
    Files.createSymbolicLink(target.resolve("release"), folder.resolve("elsewhere"));

    new BuildOutputFolder(target, MOST).forget();

    assertThat(target.resolve("debug/.fingerprint")).doesNotExist();
    assertThat(target.resolve("wasm32-unknown-unknown/release/.fingerprint")).doesNotExist();
    assertThat(target.resolve("debug/deps/.fingerprint.d")).isDirectory();
    assertThat(folder.resolve("elsewhere/.fingerprint")).isDirectory();
  }

  @Test
  void movesAsideWhatHostileCodeClosed() throws IOException {
    Files.createDirectories(target.resolve("debug/.fingerprint"));
    Files.setPosixFilePermissions(
        target.resolve("debug"), PosixFilePermissions.fromString("-wx------"));
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("--x------"));

    new BuildOutputFolder(target, MOST).forget();

    // Root can enter all folders; for another user the folder of the profile is renamed.
    assertThat(target.resolve("debug/.fingerprint")).doesNotExist();
  }

  @Test
  void refusesWhatIsNotThere() {
    assertThatThrownBy(() -> take("debug/tool"))
        .hasMessageEndingWith("there is no such file")
        .isInstanceOfSatisfying(
            SandboxException.class,
            e -> assertThat(e.kind()).isEqualTo(SandboxException.Kind.REFUSED));
  }

  @Test
  void refusesPipesWithoutOpeningThem() throws Exception {
    Path pipe = target.resolve("debug/tool");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertThatThrownBy(() -> take("debug/tool")).hasMessageEndingWith("it is not a regular file");
  }

  @Test
  void refusesAFileThatIsAlsoSomebodyElses() throws IOException {
    Files.createLink(target.resolve("debug/tool"), folder.resolve("secret"));

    assertThatThrownBy(() -> take("debug/tool"))
        .hasMessageEndingWith("it has 2 hard links, and only 1 are cargo's");
  }

  @Test
  void refusesWhatIsTooLargeOrElsewhere() throws IOException {
    Files.write(target.resolve("debug/tool"), new byte[(int) MOST + 1]);

    assertThatThrownBy(() -> take("debug/tool")).hasMessageEndingWith("it has over 1,000 bytes");
    assertThatThrownBy(() -> take("../secret")).hasMessageContaining("below the target folder");
    assertThatThrownBy(() -> take("debug/../../secret"))
        .hasMessageContaining("below the target folder");
    assertThat(Files.exists(destination, LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  /// A test that copies files while another thread replaces them.
  @Test
  void takesNothingOfOthersWhileFilesAreExchanged() throws Exception {
    Path tool = Files.writeString(target.resolve("debug/tool"), "program");
    Path aside = target.resolve("aside");
    Files.writeString(folder.resolve("tool"), "secret");
    AtomicBoolean isOver = new AtomicBoolean();
    AtomicInteger exchanges = new AtomicInteger();
    Thread attacker =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    while (!isOver.get()) {
                      exchange(target.resolve("debug"), aside, folder);
                      exchange(tool, aside, folder.resolve("tool"));
                      exchanges.incrementAndGet();
                    }
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                });
    int taken = 0;
    int refused = 0;
    try {
      while (taken < 50 || refused < 50 || exchanges.get() < 500) {
        try {
          assertThat(take("debug/tool")).hasContent("program");
          taken++;
        } catch (SandboxException _) {
          refused++;
        }
        assertThat(attacker.isAlive()).isTrue();
      }
    } finally {
      isOver.set(true);
      attacker.join();
    }
  }

  /// Replaces a file or folder by a link, and restores it.
  private static void exchange(Path file, Path aside, Path elsewhere) throws IOException {
    Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
    Files.createSymbolicLink(file, elsewhere);
    Files.delete(file);
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private Path take(String file) {
    return new BuildOutputFolder(target, MOST).take(Path.of(file), destination);
  }
}
