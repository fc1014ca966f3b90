package lazaret.e2e.harness;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import lazaret.testkit.SharedData;

/// The established tools of the shared data.
public final class SharedTool {
  private SharedTool() {}

  /// Installs a tool for a cargo, which then runs it as a subcommand such as `cargo deny`. The test
  /// is skipped if there is no such tool.
  ///
  /// @param name the program, for example `cargo-deny`
  public static void install(Cargo cargo, String name) {
    Path _ = unpack(name, cargo.home().resolve("bin"));
  }

  /// Unpacks a tool into a folder. The test is skipped if there is no such tool.
  ///
  /// @return the program
  public static Path unpack(String name, Path folder) {
    Optional<Path> packed =
        SharedData.find()
            .map(shared -> shared.folder().resolve("tools").resolve(name + ".xz"))
            .filter(Files::isRegularFile);
    assumeTrue(packed.isPresent(), "there is no shared data with " + name);
    Optional<Path> xz = Machine.program("xz");
    assumeTrue(xz.isPresent(), "there is no xz in the search path");
    try {
      Path program = Files.createDirectories(folder).resolve(name);
      Process unpacking =
          new ProcessBuilder(xz.orElseThrow().toString(), "-dc", packed.orElseThrow().toString())
              .redirectOutput(program.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      assumeTrue(unpacking.waitFor() == 0, name + " cannot be unpacked");
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
      return program;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot install " + name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
