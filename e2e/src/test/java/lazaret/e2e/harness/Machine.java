package lazaret.e2e.harness;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The machine that runs the tests, and its programs.
public final class Machine {
  private Machine() {}

  /// Returns the root of the repository.
  public static Path root() {
    String named = System.getProperty("lazaret.root");
    Path at = named == null ? Path.of("").toAbsolutePath() : Path.of(named);
    while (!Files.isRegularFile(at.resolve("bin/mirror-server"))) {
      Path parent = at.getParent();
      if (parent == null) {
        throw new IllegalStateException("this is not the repository: " + named);
      }
      at = parent;
    }
    return at;
  }

  /// Returns whether the large matrices run completely.
  public static boolean all() {
    return Boolean.getBoolean("lazaret.all");
  }

  /// Skips the test if this machine lacks a part of it. CI installs all parts, so the test fails
  /// there.
  ///
  /// @param lack what is missing then
  /// @throws AssertionError in CI, which sets the property `lazaret.ci`
  public static void needs(boolean met, String lack) {
    if (!met && Boolean.getBoolean("lazaret.ci")) {
      throw new AssertionError("cannot run this test in CI: " + lack);
    }
    assumeTrue(met, lack);
  }

  /// Returns the command that starts a JVM.
  ///
  /// @param more the class path and further options
  static List<String> java(String heap, List<String> more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.library.path=" + System.getProperty("java.library.path"),
                "-Xmx" + heap));
    command.addAll(more);
    return command;
  }

  /// Returns a port of the loopback interface that was free a moment ago.
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot find a free port", e);
    }
  }

  /// Finds a program in the search path.
  public static Optional<Path> program(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(":", -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// Finds the folder with cargo and rustc themselves, not with the front ends that choose among
  /// several versions by files in the home folder.
  public static Optional<Path> rust() {
    return Rust.BIN;
  }

  /// Removes the variables that would redirect cargo or the gate from an environment.
  static void clean(Map<String, String> environment) {
    environment
        .keySet()
        .removeIf(
            name ->
                name.startsWith("CARGO")
                    || name.startsWith("RUST")
                    || name.startsWith("LAZARET")
                    || name.startsWith("XDG_")
                    || name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
  }

  /// The folder of cargo and rustc, which is searched at the first use.
  private static final class Rust {
    private static final Optional<Path> BIN = program("rustc").flatMap(Rust::bin);

    private static Optional<Path> bin(Path rustc) {
      ProgramResult sysroot =
          ProgramResult.of(
              new ProcessBuilder(rustc.toString(), "--print", "sysroot"), Duration.ofMinutes(1));
      Path bin = Path.of(sysroot.out().strip(), "bin");
      return sysroot.exit() == 0 && Files.isExecutable(bin.resolve("cargo"))
          ? Optional.of(bin)
          : program("cargo").flatMap(cargo -> Optional.ofNullable(cargo.getParent()));
    }
  }
}
