package lazaret.sandbox.bubblewrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import lazaret.sandbox.SandboxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BubblewrapTest {
  @TempDir Path folder;

  @Test
  void refusesToDoWithout() {
    assertThatThrownBy(() -> Bubblewrap.find(folder.toString()))
        .isInstanceOf(SandboxException.class)
        .hasMessageStartingWith("no bwrap in PATH; install bubblewrap 0.12 or newer");
  }

  @Test
  void refusesAnOldOne() throws IOException {
    stand("echo bubblewrap 0.11.3");

    assertThatThrownBy(() -> Bubblewrap.find(folder.toString()))
        .hasMessageContaining("/bwrap is bubblewrap 0.11.3, which is too old; install");
  }

  @Test
  void refusesOneThatDoesNotTellItsVersion() throws IOException {
    stand("echo something");

    assertThatThrownBy(() -> Bubblewrap.find(folder.toString()))
        .hasMessageContaining("cannot read the version of")
        .hasMessageContaining("'something'");
  }

  /// bubblewrap 0.11 creates the folder behind the link while the root of the machine is at
  /// `/oldroot`.
  @Test
  void refusesOneThatFollowsAPlantedLinkWhateverItsVersion() throws IOException {
    stand(
        """
        [ "$1" = --version ] && { echo bubblewrap 0.12.0; exit; }
        while [ "$1" != --bind ]; do shift; done
        behind=$(readlink "$2/door")
        mkdir "${behind#/oldroot}/made"
        """);

    assertThatThrownBy(() -> Bubblewrap.find(folder.toString()))
        .hasMessageContaining("follows links that an earlier build planted");
  }

  @Test
  void takesALaterOne() throws IOException {
    stand("echo bubblewrap 1.0.1");

    assertThat(Bubblewrap.find("relative:" + folder).version()).isEqualTo("bubblewrap 1.0.1");
  }

  private void stand(String script) throws IOException {
    Path program = folder.resolve("bwrap");
    Files.writeString(program, "#!/bin/sh\nPATH=/usr/bin:/bin\n" + script);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
