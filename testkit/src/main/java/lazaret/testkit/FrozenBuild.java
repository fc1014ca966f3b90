package lazaret.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// The files that an earlier build stored, signed and exported. They are not made again, because
/// the product must read the files of each build permanently. `testkit/frozen/README.md` describes
/// each archive and its making.
///
/// @param name the commit of the build
public record FrozenBuild(String name) {
  /// The builds whose files are kept, oldest first.
  public static final List<FrozenBuild> ALL =
      List.of(new FrozenBuild("7ca6a98"), new FrozenBuild("9e947d7"));

  /// Unpacks an archive into a folder that is private to its owner, like data folders.
  ///
  /// @param archive the name, for example `outside`
  /// @param into a folder that exists
  /// @return the folder
  public Path unpack(String archive, Path into) {
    var access = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    try (var zip = new ZipInputStream(open(archive + ".zip"), StandardCharsets.UTF_8)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = into.resolve(entry.getName());
        Path folder = entry.isDirectory() ? file : Objects.requireNonNull(file.getParent());
        for (Path part = into; !part.equals(folder); ) {
          part = part.resolve(folder.getName(part.getNameCount()));
          if (!Files.exists(part)) {
            Files.createDirectory(part, access);
          }
        }
        if (!entry.isDirectory()) {
          Files.copy(zip, file);
          Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack the files of " + this, e);
    }
    return into;
  }

  /// Unpacks all archives into a folder that exists, and returns it.
  public Path unpackAll(Path into) {
    Stream.of("outside", "inside", "backup", "bundles", "files")
        .forEach(archive -> unpack(archive, into));
    return into;
  }

  /// Returns the build's own reports about its stores as JSON.
  public String expected() {
    try (InputStream in = open("expected.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read what is expected of " + this, e);
    }
  }

  private InputStream open(String file) {
    return Objects.requireNonNull(
        FrozenBuild.class.getResourceAsStream("frozen/" + name + "/" + file),
        () -> "no file " + file + " of the build " + name);
  }

  @Override
  public String toString() {
    return name;
  }
}
