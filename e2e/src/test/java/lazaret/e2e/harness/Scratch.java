package lazaret.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// New folders that go away with this JVM.
public final class Scratch {
  private static final Path ROOT = root();

  private Scratch() {}

  /// Makes a new folder.
  public static Path folder(String name) {
    try {
      return Files.createTempDirectory(ROOT, name);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a folder", e);
    }
  }

  private static Path root() {
    try {
      Path root = Files.createTempDirectory("lazaret-e2e");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(root)));
      return root;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a folder", e);
    }
  }

  /// Deletes a folder with all that is in it, as far as it can be.
  public static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException _) {
      // The system's own sweep takes what is left.
    }
  }
}
