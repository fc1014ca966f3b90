package lazaret.bundle.checking;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;

/// The files of a bundle wherever they lie. Each is opened once at most.
///
/// @param lengths by name, `metadata/1.root.json` for example: what the medium says
/// @param opener opens a file of that name
public record BundleFiles(Map<String, Long> lengths, Opener opener) {
  /// Copies the map.
  public BundleFiles {
    lengths = Collections.unmodifiableMap(new TreeMap<>(lengths));
  }

  /// Opens files.
  @FunctionalInterface
  public interface Opener {
    /// Opens a file that is listed.
    ///
    /// @throws IOException if it cannot be read
    InputStream open(String name) throws IOException;
  }

  /// Lists a folder. Links are not followed.
  ///
  /// @throws BundleException `unexpected-file` for anything but plain files in `metadata` and
  ///   `targets`, `medium-read-failed`
  public static BundleFiles in(Path bundle) {
    Map<String, Long> lengths = new TreeMap<>();
    for (String folder : new String[] {"metadata", "targets"}) {
      try (Stream<Path> files = Files.list(bundle.resolve(folder))) {
        for (Path file : (Iterable<Path>) files::iterator) {
          if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new BundleException(
                BundleCode.UNEXPECTED_FILE, "cannot take '" + file + "': it is no plain file");
          }
          lengths.put(folder + "/" + file.getFileName(), Files.size(file));
        }
      } catch (IOException | UncheckedIOException e) {
        throw failed(bundle.resolve(folder).toString(), e);
      }
    }
    return new BundleFiles(
        lengths, name -> Files.newInputStream(bundle.resolve(name), LinkOption.NOFOLLOW_LINKS));
  }

  InputStream open(String name) {
    try {
      return opener.open(name);
    } catch (IOException e) {
      throw failed(name, e);
    }
  }

  static BundleException failed(String name, Exception e) {
    return new BundleException(
        BundleCode.MEDIUM_READ_FAILED,
        "cannot read '%s': %s; check the medium".formatted(name, e.getMessage()),
        e);
  }
}
