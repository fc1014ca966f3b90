package lazaret.sandbox;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/// A temporary namespace for tests of the kernel, with read-only programs of the machine and
/// without network, capabilities and home folder.
public final class Bwrap {
  private Bwrap() {}

  /// Skips the test with a reason if the machine does not support namespaces.
  public static void assumeUsable() {
    try {
      Process process = new ProcessBuilder(line(List.of(), "/usr/bin/true")).start();
      String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      assumeTrue(process.waitFor() == 0, "no namespaces here: " + said);
    } catch (IOException e) {
      assumeTrue(false, "install bubblewrap: " + e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Compiles the program that makes the system calls of its standard input. The test is skipped
  /// without a compiler.
  public static Path compileAsker(Path folder) throws IOException, InterruptedException {
    Path source = folder.resolve("ask.c");
    try (InputStream in = Bwrap.class.getResourceAsStream("ask.c")) {
      Files.copy(Objects.requireNonNull(in), source);
    }
    Path program = folder.resolve("ask");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/gcc")), "no gcc here");
    Process gcc =
        new ProcessBuilder("/usr/bin/gcc", "-o", program.toString(), source.toString())
            .inheritIO()
            .start();
    if (gcc.waitFor() != 0) {
      throw new IOException("gcc does not compile " + source);
    }
    return program;
  }

  /// Returns the command line that runs a command in the namespace.
  ///
  /// @param options additional options of bubblewrap
  public static List<String> line(List<String> options, String... command) {
    List<String> line = new ArrayList<>();
    Collections.addAll(line, "bwrap", "--unshare-all", "--unshare-user", "--uid", "1000");
    Collections.addAll(line, "--gid", "1000", "--die-with-parent", "--new-session");
    Collections.addAll(line, "--cap-drop", "ALL", "--clearenv");
    Collections.addAll(line, "--ro-bind", "/usr", "/usr", "--symlink", "usr/lib", "/lib");
    Collections.addAll(line, "--symlink", "usr/lib64", "/lib64", "--symlink", "usr/bin", "/bin");
    Collections.addAll(line, "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp");
    line.addAll(options);
    line.add("--");
    Collections.addAll(line, command);
    return line;
  }

  /// Returns the command line that runs a command in the namespace under a seccomp filter.
  public static List<String> line(Path filter, List<String> options, String... command) {
    // Java passes on only the descriptors 0 to 2, so a shell opens the filter.
    String open = "f=$1; shift; exec \"$@\" 9<\"$f\"";
    List<String> line = new ArrayList<>(List.of("/bin/sh", "-c", open, "sh", filter.toString()));
    List<String> all = new ArrayList<>(List.of("--seccomp", "9"));
    all.addAll(options);
    line.addAll(line(all, command));
    return line;
  }
}
