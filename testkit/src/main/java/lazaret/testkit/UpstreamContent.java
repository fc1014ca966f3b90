package lazaret.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import lazaret.vetting.Bytes;

/// The content that a [ScriptedUpstream] serves without a fault. Called from many threads at once.
public interface UpstreamContent {
  /// Returns an index file.
  ///
  /// @param path path below the root of the index, without a leading slash: `se/rd/serde`
  /// @return the file, or empty if there is none; the upstream then responds with 404
  Optional<Bytes> index(String path);

  /// Returns the bytes of a `.crate` file.
  ///
  /// @return the file, or empty if there is none; the upstream then responds with 403, as an object
  ///   store does
  Optional<Bytes> artifact(String name, String version);

  /// Returns another file of the registry, such as a feed of releases.
  ///
  /// @param path path of the request: `/rss/updates.xml`
  /// @return the file, or empty if there is none; the upstream then responds with 403
  default Optional<Bytes> file(String path) {
    return Optional.empty();
  }

  /// Returns the content of maps, which are read at each request, so that a test can change them.
  ///
  /// @param index index files by their paths: `se/rd/serde`
  /// @param artifacts files by name and version with a hyphen between: `serde-1.0.0`
  static UpstreamContent of(Map<String, Bytes> index, Map<String, Bytes> artifacts) {
    return new UpstreamContent() {
      @Override
      public Optional<Bytes> index(String path) {
        return Optional.ofNullable(index.get(path));
      }

      @Override
      public Optional<Bytes> artifact(String name, String version) {
        return Optional.ofNullable(artifacts.get(name + "-" + version));
      }
    };
  }

  /// Returns the content of a folder with `index/se/rd/serde` and `crates/serde/serde-1.0.0.crate`,
  /// read at each request.
  static UpstreamContent ofFolder(Path folder) {
    return new UpstreamContent() {
      @Override
      public Optional<Bytes> index(String path) {
        return read(folder.resolve("index").resolve(path));
      }

      @Override
      public Optional<Bytes> artifact(String name, String version) {
        String file = name + "-" + version + ".crate";
        return read(folder.resolve("crates").resolve(name).resolve(file));
      }

      private Optional<Bytes> read(Path file) {
        if (!file.normalize().equals(file) || !Files.isRegularFile(file)) {
          return Optional.empty();
        }
        try {
          return Optional.of(Bytes.of(Files.readAllBytes(file)));
        } catch (NoSuchFileException _) {
          return Optional.empty();
        } catch (IOException e) {
          throw new UncheckedIOException("cannot read test data " + file, e);
        }
      }
    };
  }
}
