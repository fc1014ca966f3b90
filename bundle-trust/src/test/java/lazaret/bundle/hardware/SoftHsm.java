package lazaret.bundle.hardware;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The hardware module in software of OpenDNSSEC, of the Debian package softhsm2. Its tokens are in
/// a folder of the test. The driver reads the place of its configuration from the environment of
/// the process, so that a test that uses it runs in a process of its own.
public final class SoftHsm {
  /// The PIN of all tokens.
  public static final String PIN = "271828";

  private static final List<Path> LIBRARIES =
      List.of(
          Path.of("/usr/lib/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so"));

  private final Path folder;

  /// Makes an empty module in a folder.
  public SoftHsm(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder.resolve("tokens"));
    Files.writeString(
        configuration(),
        "directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n"
            .formatted(folder.resolve("tokens")));
  }

  /// Returns the driver, or skips the test where it is missing.
  public static Path library() {
    List<Path> found = LIBRARIES.stream().filter(Files::isReadable).toList();
    assumeTrue(!found.isEmpty(), "the Debian package softhsm2 is not installed");
    return found.getFirst();
  }

  /// Returns the file that `SOFTHSM2_CONF` names.
  public Path configuration() {
    return folder.resolve("softhsm2.conf");
  }

  /// Makes a token in the next slot.
  public void token(String label) throws IOException, InterruptedException {
    run(
        "softhsm2-util",
        "--init-token",
        "--free",
        "--label",
        label,
        "--so-pin",
        "31415926",
        "--pin",
        PIN);
  }

  /// Runs a class with the module, and returns its output.
  public List<String> java(Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  private List<String> run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SOFTHSM2_CONF", configuration().toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(
          "%s ended with %d: %s".formatted(command[0], process.exitValue(), output));
    }
    return output.lines().toList();
  }
}
