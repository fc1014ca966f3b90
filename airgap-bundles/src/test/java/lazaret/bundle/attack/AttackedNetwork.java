package lazaret.bundle.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import lazaret.bundle.importing.HighWaterMark;
import lazaret.bundle.importing.NetworkFixture;

/// A data folder that serves snapshot 1 after an honest import, and copies of it for trials.
final class AttackedNetwork {
  private AttackedNetwork() {}

  /// Imports a bundle into a new data folder.
  static Path with(Path bundle, Path into) throws IOException {
    Path data = into.resolve("network");
    try (NetworkFixture inside = NetworkFixture.open(data)) {
      inside.run(bundle);
    }
    return data;
  }

  /// Opens a copy.
  static NetworkFixture copy(Path data, Path into) throws IOException {
    Path copy = into.resolve("data");
    List<Path> all;
    try (Stream<Path> paths = Files.walk(data)) {
      all = paths.toList();
    }
    for (Path path : all) {
      Path to = copy.resolve(data.relativize(path).toString());
      Files.copy(path, to, StandardCopyOption.COPY_ATTRIBUTES);
    }
    Files.copy(
        HighWaterMark.beside(data), HighWaterMark.beside(copy), StandardCopyOption.COPY_ATTRIBUTES);
    return NetworkFixture.open(copy);
  }
}
