package lazaret.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A project that uses the gate.
///
/// @param folder the folder of its manifest
public record CargoProjectFolder(Path folder) {

  /// Creates a project in a new folder.
  ///
  /// @param dependencies lines of the manifest: `alpha = "1"`
  public static CargoProjectFolder with(String... dependencies) {
    try {
      Path folder = WorkFolder.folder("project");
      Files.createDirectories(folder.resolve("src"));
      Files.writeString(folder.resolve("src/main.rs"), "fn main() {}\n");
      Files.writeString(
          folder.resolve("Cargo.toml"),
          """
          [package]
          name = "app"
          version = "0.1.0"
          edition = "2021"

          [dependencies]
          %s
          """
              .formatted(String.join("\n", dependencies)));
      return new CargoProjectFolder(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a project", e);
    }
  }

  /// Copies a folder into a new one and returns the project in it.
  public static CargoProjectFolder copyOf(Path original) {
    try (Stream<Path> files = Files.walk(original)) {
      Path folder = WorkFolder.folder("project");
      for (Path file : (Iterable<Path>) files::iterator) {
        Path copy = folder.resolve(original.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
      return new CargoProjectFolder(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot copy " + original, e);
    }
  }

  /// Returns the path of the lockfile.
  public Path lockfile() {
    return folder.resolve("Cargo.lock");
  }

  /// Reads the lockfile.
  public String lock() {
    try {
      return Files.readString(lockfile());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + lockfile(), e);
    }
  }

  /// Replaces the lockfile.
  public CargoProjectFolder lock(String text) {
    try {
      Files.writeString(lockfile(), text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + lockfile(), e);
    }
  }

  /// Returns the version of a crate in the lockfile, or an empty text.
  public String locked(String crate) {
    Matcher entry =
        Pattern.compile("name = \"" + Pattern.quote(crate) + "\"\nversion = \"([^\"]+)\"")
            .matcher(lock());
    return entry.find() ? entry.group(1) : "";
  }
}
