package lazaret.vetting;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/// The data that is shared outside of the repository: a slice of the public registry and the
/// results of established tools. Tests that need it are skipped visibly if it is absent.
public final class OracleData {
  private OracleData() {}

  /// Returns a path below `data`, or skips the calling test.
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
    return Path.of(System.getProperty("lazaret.root", "../..")).resolve("../shared").normalize();
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

  /// Returns an entry of a `.crate`: a gzipped tar of short names.
  public static Bytes archived(Path crate, String name) {
    try (var tar =
        new DataInputStream(new GZIPInputStream(new ByteArrayInputStream(read(crate).array())))) {
      byte[] header = new byte[512];
      while (true) {
        tar.readFully(header);
        String found = new String(header, 0, 100, StandardCharsets.UTF_8).replace("\0", "");
        String size = new String(header, 124, 11, StandardCharsets.US_ASCII).strip();
        byte[] data = new byte[Integer.parseInt(size, 8)];
        tar.readFully(data);
        tar.skipNBytes((512 - data.length % 512) % 512);
        if (found.equals(name)) {
          return Bytes.of(data);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
