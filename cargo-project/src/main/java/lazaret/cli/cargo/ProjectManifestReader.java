package lazaret.cli.cargo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lazaret.vetting.MalformedException;

/// A reader of the manifests of one project, which may be hostile. It parses each file once and
/// limits the size of all of them together. For use by one thread.
final class ProjectManifestReader {
  private static final long MAX_BYTES = 64L << 20;
  private static final long MAX_VALUES = 400_000;

  private final Map<Path, FlatToml> known = new HashMap<>();
  private long bytes;
  private long values;

  /// Reads a manifest.
  ///
  /// @throws MalformedException if the file cannot be read, is over 4 MiB, or is not TOML, or if
  ///   the manifests are too large together
  FlatToml read(Path manifest) {
    try {
      Path real = manifest.toRealPath();
      FlatToml keys = known.get(real);
      if (keys == null) {
        bytes += Files.size(real);
        requireRoom();
        keys = FlatToml.read(manifest);
        values += keys.tables().size();
        values += keys.values().values().stream().mapToLong(List::size).sum();
        requireRoom();
        known.put(real, keys);
      }
      return keys;
    } catch (IOException e) {
      throw new MalformedException("cannot read '%s': %s".formatted(manifest, e), e);
    }
  }

  /// Checks that the manifests read so far are within the limits.
  ///
  /// @throws MalformedException if they are too large together
  void requireRoom() {
    if (bytes > MAX_BYTES || values > MAX_VALUES) {
      throw new MalformedException(
          "cannot read the manifests of this project: expected at most %,d bytes and %,d values in all, found more; use a smaller workspace"
              .formatted(MAX_BYTES, MAX_VALUES));
    }
  }
}
