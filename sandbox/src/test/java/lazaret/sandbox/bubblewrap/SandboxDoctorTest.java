package lazaret.sandbox.bubblewrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lazaret.sandbox.Bwrap;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.bubblewrap.SandboxDoctor.Finding;
import lazaret.sandbox.bubblewrap.SandboxDoctor.Level;
import lazaret.sandbox.cargo.RustToolchain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxDoctorTest {
  private static final Path HOME = Path.of(System.getenv("HOME"));

  @TempDir Path folder;

  @Test
  void provesTheBoundaryOfThisMachine() {
    Bwrap.assumeUsable();
    assumeToolchain();

    List<Finding> findings = SandboxDoctor.examine(System.getenv(), HOME);

    assertThat(findings).extracting(Finding::level).doesNotContain(Level.BROKEN);
    assertThat(findings)
        .extracting(f -> f.what() + ": " + f.detail())
        .contains(
            "boundary: 24 attempts were denied",
            "boundary with reports: 21 attempts were denied",
            "reports: 5 kinds were reported",
            "user: builds run as an ordinary user, not as root");
  }

  private static void assumeToolchain() {
    try {
      RustToolchain.find(System.getenv(), HOME);
    } catch (SandboxException e) {
      assumeTrue(false, e.getMessage());
    }
  }

  @Test
  void endsAtWhatIsMissingWithItsCure() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("PATH", folder.toString());

    assertThat(SandboxDoctor.examine(environment, HOME))
        .containsExactly(
            new Finding(
                "sandbox",
                Level.BROKEN,
                "no bwrap in PATH; install bubblewrap 0.12 or newer (Debian, Ubuntu: apt-get"
                    + " install bubblewrap; Fedora: dnf install bubblewrap)"));
  }

  /// A bubblewrap that accepts all arguments but does not load the filter, which only an attempt
  /// reveals.
  @Test
  void seesThatTheFilterIsNotThere() throws IOException {
    Bwrap.assumeUsable();
    assumeToolchain();
    Path program = folder.resolve("bwrap");
    Files.writeString(
        program,
        """
        #!/bin/sh
        for word; do
          shift
          [ "$word" = --seccomp ] && skip=yes || { [ -z "$skip" ] && set -- "$@" "$word"; skip=; }
        done
        exec bwrap "$@"
        """);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.merge("PATH", folder.toString(), (path, first) -> first + ":" + path);

    assertThat(SandboxDoctor.examine(environment, HOME))
        .filteredOn(f -> f.level() == Level.BROKEN)
        .extracting(Finding::detail)
        .anySatisfy(detail -> assertThat(detail).contains("not denied: ", "do not build here"));
  }

  @Test
  void buildsNothingOnAMachineWhoseCallsAreNotKnown() {
    Bwrap.assumeUsable();
    String here = System.setProperty("os.arch", "riscv64");
    try {
      assertThat(SandboxDoctor.examine(System.getenv(), HOME).getLast())
          .isEqualTo(
              new Finding(
                  "sandbox",
                  Level.BROKEN,
                  "no table of system calls for the architecture 'riscv64': build on x86-64"));
    } finally {
      System.setProperty("os.arch", here);
    }
  }
}
