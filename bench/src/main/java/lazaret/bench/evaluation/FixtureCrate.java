package lazaret.bench.evaluation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.Inspector;

/// A crate tree of the fixtures, packed in memory as an archive of a registry. It is never built.
final class FixtureCrate {
  private static final String MANIFEST = "Cargo.toml";

  private FixtureCrate() {}

  /// A packed and inspected tree.
  ///
  /// @param id identity of the packed archive
  /// @param findings findings of its inspection
  record Release(CrateId id, Findings findings) {}

  /// Returns the findings of a tree.
  ///
  /// @param folder folder with a `Cargo.toml`
  static Findings inspect(Path folder) {
    return inspect(folder, false);
  }

  /// Returns the findings of a tree.
  ///
  /// @param binaries whether placeholder texts of programs and objects are replaced by empty
  ///   binaries
  static Findings inspect(Path folder, boolean binaries) {
    return release(folder, binaries).findings();
  }

  /// Returns the identity and the findings of a tree.
  ///
  /// @param binaries whether placeholder texts of programs and objects are replaced by empty
  ///   binaries
  static Release release(Path folder, boolean binaries) {
    Bytes manifest = read(folder.resolve(MANIFEST));
    TomlView packaged =
        TomlView.of(manifest).inner("package").orElseThrow(IllegalArgumentException::new);
    CrateBuilder crate =
        CrateBuilder.crate(packaged.need("name"), packaged.need("version"))
            .manifest(manifest.text());
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(Files::isRegularFile)
          .sorted()
          .forEach(
              file -> {
                String path = folder.relativize(file).toString();
                if (!path.equals(MANIFEST)) {
                  byte[] content = read(file).array();
                  crate.file(path, binaries ? StandIns.of(path, content) : content);
                }
              });
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
    CrateId id = crate.id();
    return new Release(id, Inspector.inspect(id, crate.build(), InspectLimits.DEFAULT));
  }

  /// Reads a file.
  static Bytes read(Path file) {
    try {
      return Bytes.of(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
