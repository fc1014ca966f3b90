package lazaret.sandbox.bubblewrap;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.SortedMap;
import lazaret.sandbox.SandboxException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HiddenPathsTest {
  @TempDir Path temporary;
  private Path project = Path.of("");

  @BeforeEach
  void makeFolders() throws IOException {
    project = temporary.toRealPath();
    Files.createDirectories(project.resolve("x/a/b"));
    Files.createDirectories(project.resolve("x/c"));
  }

  private void check(String within) {
    SortedMap<Path, HiddenPaths.Mask> masks = HiddenPaths.of(project, false, "marker");
    HiddenPaths.requireVisible(masks, Path.of(within));
  }

  private void refuses(String within, String hidden) {
    assertThatThrownBy(() -> check(within))
        .isInstanceOf(SandboxException.class)
        .hasMessageStartingWith("cannot build in '" + within + "': expected a working folder")
        .hasMessageContaining("found '" + hidden + "', which it hides; start the command in")
        .extracting(e -> ((SandboxException) e).kind())
        .isEqualTo(SandboxException.Kind.REFUSED);
  }

  /// The sandbox hides the target of such a link in its own place.
  @Test
  void aWorkingFolderBehindAHiddenLinkIsRefused() throws IOException {
    Files.createSymbolicLink(project.resolve(".env"), Path.of("x/a"));

    refuses("x/a", "x/a");
    refuses("x/a/b", "x/a");
    assertThatCode(() -> check("")).doesNotThrowAnyException();
    assertThatCode(() -> check("x/c")).doesNotThrowAnyException();
  }

  @Test
  void aHiddenProjectIsRefused() throws IOException {
    Files.createSymbolicLink(project.resolve("x/.git"), Path.of(".."));

    refuses("", "");
    refuses("x/c", "");
  }

  @Test
  void workingFoldersOfHiddenNamesAreRefused() throws IOException {
    Files.createFile(project.resolve("x/a/CACHEDIR.TAG"));
    Files.createDirectories(project.resolve(".env.d/e"));

    refuses("x/a/b", "x/a");
    refuses(".env.d/e", ".env.d");
  }

  @Test
  void aWorkingFolderThatCannotBeListedIsRefused() throws IOException {
    Path folder = project.resolve("x/a");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("-wx--x--x"));
    try {
      assumeFalse(Files.isReadable(folder), "this user reads each folder");
      refuses("x/a", "x/a");
    } finally {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }
}
