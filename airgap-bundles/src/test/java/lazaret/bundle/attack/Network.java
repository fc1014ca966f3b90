package lazaret.bundle.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import lazaret.bundle.importing.HighWater;
import lazaret.bundle.importing.Inside;

/// A data folder that serves snapshot 1 after an honest import, and copies of it for trials.
final class Network {
  private Network() {}

  /// Imports a bundle into a new data folder.
  static Path with(Path bundle, Path into) throws IOException {
    Path data = into.resolve("network");
    try (Inside inside = Inside.open(data)) {
      inside.run(bundle);
    }
    return data;
  }

  /// Opens a copy.
  static Inside copy(Path data, Path into) throws IOException {
    Path copy = into.resolve("data");
    List<Path> all;
    try (Stream<Path> paths = Files.walk(data)) {
      all = paths.toList();
    }
    for (Path path : all) {
      Path to = copy.resolve(data.relativize(path).toString());
      Files.copy(path, to, StandardCopyOption.COPY_ATTRIBUTES);
    }
    Files.copy(HighWater.beside(data), HighWater.beside(copy), StandardCopyOption.COPY_ATTRIBUTES);
    return Inside.open(copy);
  }
}
