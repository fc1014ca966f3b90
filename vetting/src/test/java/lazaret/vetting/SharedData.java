package lazaret.vetting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// The data that is shared beside the repository: a slice of the public registry and the answers of
/// established tools. Tests that need it are skipped, visibly, where it is absent.
public final class SharedData {
  private SharedData() {}

  /// Returns a path below `data`, or skips the test that asks.
  public static Path path(String name) {
    Path path = folder().resolve("data").resolve(name);
    Assumptions.assumeTrue(Files.exists(path), "shared data is absent: " + name);
    return path;
  }

  private static Path folder() {
    for (String named :
        new String[] {System.getProperty("lazaret.shared"), System.getenv("LAZARET_SHARED")}) {
      if (named != null) {
        return Path.of(named);
      }
    }
    return Path.of(System.getProperty("lazaret.root", "..")).resolve("../shared").normalize();
  }

  /// Returns every regular file below a folder of `data`, in a fixed order.
  public static List<Path> files(String name) {
    try (Stream<Path> all = Files.walk(path(name))) {
      return all.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns the bytes of a file.
  public static Bytes read(Path file) {
    try {
      return Bytes.of(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns the last component of a path.
  public static String nameOf(Path file) {
    return Objects.requireNonNull(file.getFileName()).toString();
  }
}
