package lazaret.sandbox.bubblewrap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.SandboxException.Kind;

/// The program `bwrap` of this machine, checked for its version and a known vulnerability.
///
/// @param program the path of the program
/// @param version the version that it reports
public record Bubblewrap(Path program, String version) {
  private static final Pattern VERSION = Pattern.compile("bubblewrap (\\d{1,6})\\.(\\d{1,6})\\b.*");
  private static final int LEAST_MINOR = 12;
  private static final String CURE =
      "; install bubblewrap 0.12 or newer (Debian, Ubuntu: apt-get install bubblewrap; Fedora: dnf"
          + " install bubblewrap)";

  /// Finds the program in a list of folders, and checks it.
  ///
  /// @param path the folders, in the format of the environment variable PATH
  /// @throws SandboxException if it is missing, too old, or follows planted links
  public static Bubblewrap find(String path) {
    Path program =
        Arrays.stream(path.split(":", -1))
            .filter(folder -> folder.startsWith("/"))
            .map(folder -> Path.of(folder, "bwrap"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow(() -> unusable("no bwrap in PATH" + CURE));
    Bubblewrap found = new Bubblewrap(program, versionOf(program));
    found.refuseOld();
    if (SymlinkFlawProbe.isFollowedBy(program)) {
      throw unusable(
          "%s (%s) follows links that an earlier build planted when it sets up a sandbox (GHSA-pxhw-h44j-8pfx)%s"
              .formatted(program, found.version, CURE));
    }
    return found;
  }

  private void refuseOld() {
    Matcher parts = VERSION.matcher(version);
    if (!parts.matches()) {
      throw unusable("cannot read the version of %s from '%s'%s".formatted(program, version, CURE));
    }
    boolean old =
        Integer.parseInt(parts.group(1)) == 0 && Integer.parseInt(parts.group(2)) < LEAST_MINOR;
    if (old) {
      throw unusable("%s is %s, which is too old%s".formatted(program, version, CURE));
    }
  }

  private static String versionOf(Path program) {
    ProcessBuilder builder = new ProcessBuilder(program.toString(), "--version");
    builder.environment().clear();
    builder.redirectErrorStream(true);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      byte[] said = process.getInputStream().readNBytes(200);
      if (process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0) {
        return new String(said, StandardCharsets.UTF_8).strip();
      }
      process.destroyForcibly();
      throw unusable(program + " --version failed" + CURE);
    } catch (IOException e) {
      throw new SandboxException(Kind.UNUSABLE, "cannot run " + program + ": " + e + CURE, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SandboxException(Kind.FAILED, "interrupted while " + program + " --version ran", e);
    }
  }

  private static SandboxException unusable(String message) {
    return new SandboxException(Kind.UNUSABLE, message);
  }
}
