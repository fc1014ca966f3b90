package lazaret.bundle.importing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import lazaret.bundle.BundleCode;
import lazaret.bundle.checking.BundleFiles;
import lazaret.bundle.checking.BundleInspection;
import lazaret.storage.files.FileTrees;
import lazaret.storage.files.PrivateFiles;

/// A folder with local copies of the files of a bundle. The copies are verified and used, so later
/// changes of the medium have no effect. Not thread-safe.
final class StagingFolder {
  private static final int BUFFER = 256 << 10;

  private final Path folder;
  private final BundleInspection bundle;
  private final Map<String, Path> copies = new HashMap<>();

  private StagingFolder(Path folder, BundleInspection bundle) {
    this.folder = folder;
    this.bundle = bundle;
  }

  /// Opens the folder, and creates it if it is missing.
  static StagingFolder open(Path folder, BundleInspection bundle) throws IOException {
    if (!Files.isDirectory(folder)) {
      PrivateFiles.createFolders(folder);
    }
    return new StagingFolder(folder, bundle);
  }

  /// Creates an empty subfolder and returns it.
  Path within(String name) throws IOException {
    Path inner = folder.resolve(name);
    FileTrees.delete(inner);
    PrivateFiles.createFolders(inner);
    return inner;
  }

  /// Returns the folder.
  Path folder() {
    return folder;
  }

  /// Copies a target, at most one byte more than its signed length. A file that the medium lacks is
  /// not copied.
  ///
  /// @param path the path of the target in the metadata
  /// @param missing the code of the refusal if the metadata does not name it
  /// @return the path of the copy
  Path copy(String path, BundleCode missing) throws IOException {
    String place = bundle.position(path, missing);
    Path copy = folder.resolve(path);
    if (bundle.files().lengths().containsKey(place)) {
      Files.deleteIfExists(copy);
      long left = bundle.length(path, missing) + 1;
      try (InputStream in = bundle.files().open(place);
          OutputStream out = Channels.newOutputStream(PrivateFiles.create(copy))) {
        byte[] buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read > 0 && left > 0; read = in.read(buffer)) {
          int taken = (int) Math.min(read, left);
          out.write(buffer, 0, taken);
          left -= taken;
        }
      }
      copies.put(place, copy);
    }
    return copy;
  }

  /// Removes a copy.
  void drop(Path copy) throws IOException {
    copies.values().remove(copy);
    Files.deleteIfExists(copy);
  }

  /// Returns the bundle with the files that were copied so far.
  BundleInspection copies() {
    Map<String, Long> lengths = new HashMap<>();
    copies.forEach((place, copy) -> lengths.put(place, copy.toFile().length()));
    return bundle.at(new BundleFiles(lengths, this::open));
  }

  private InputStream open(String place) throws IOException {
    Path copy = copies.get(place);
    if (copy == null) {
      throw new NoSuchFileException(place);
    }
    return Files.newInputStream(copy);
  }

  /// Removes the folder.
  void remove() throws IOException {
    FileTrees.delete(folder);
  }
}
