package lazaret.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The user who starts the command line through `bin/vetting-cli`: root, who runs the tests, or a
/// user who shares nothing with root.
public enum DeskCaller {
  ROOT,
  USER;

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String ID = "7012";

  /// A command that becomes the user, to whom it makes the checkout, the toolchain and the JDK
  /// readable.
  private static final String AS_USER =
      "mount -t tmpfs tmpfs /mnt; chmod 755 /mnt; mkdir /mnt/checkout /mnt/rust /mnt/jdk;"
          + " mount --bind \"$1\" /mnt/checkout; mount --bind \"$2\" /mnt/rust; mount --bind \"$3\" /mnt/jdk;"
          + " shift 3; exec setpriv --reuid="
          + ID
          + " --regid="
          + ID
          + " --clear-groups --inh-caps=-all -- \"$@\"";

  /// Makes the caller the owner of a scratch folder and gives access to it.
  public void own(Path folder) {
    if (this == ROOT) {
      return;
    }
    Programs.run(PATIENCE, "chown", "-R", ID + ":" + ID, folder.toString()).ok();
    try {
      Path scratch = folder.getParent();
      if (scratch != null) {
        Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns the command line without starting it. The process becomes the JVM itself.
  ///
  /// @param before a command that becomes the one after it
  /// @param home the home folder of the caller
  /// @param gate the gate whose token the caller has
  /// @param arguments the arguments of the command line
  public ProcessBuilder cli(
      List<String> before, Path home, GateProcess gate, List<String> arguments) {
    Path rust = Machine.rust().map(Path::getParent).orElseThrow();
    Path checkout = Machine.root();
    Path jdk = Path.of(System.getProperty("java.home"));
    List<String> words = new ArrayList<>();
    if (this == USER) {
      words.addAll(List.of("unshare", "--mount", "sh", "-euc", AS_USER, "sh"));
      words.addAll(List.of(checkout.toString(), rust.toString(), jdk.toString()));
      checkout = Path.of("/mnt/checkout");
      rust = Path.of("/mnt/rust");
      jdk = Path.of("/mnt/jdk");
    }
    words.addAll(before);
    words.add(checkout.resolve("bin/vetting-cli").toString());
    words.addAll(arguments);
    var builder = new ProcessBuilder(words);
    Machine.clean(builder.environment());
    builder.environment().put("HOME", home.toString());
    builder.environment().put("PATH", rust.resolve("bin") + ":/usr/sbin:/usr/bin:/sbin:/bin");
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().put("LAZARET_SERVER", gate.url());
    builder.environment().put("LAZARET_TOKEN", gate.token());
    return builder;
  }
}
