package lazaret.storage.objects;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import org.jspecify.annotations.Nullable;

/// A store of objects in a folder, for tests that need no faults of a network. Each object is a
/// file that appears whole. Thread-safe, also for several stores on one folder.
public final class FolderObjectStore implements ObjectStore {
  private final Path root;
  private final Path parts;
  private volatile @Nullable String failure;

  /// Opens a store.
  ///
  /// @param folder an existing folder
  public FolderObjectStore(Path folder) {
    try {
      this.root = Files.createDirectories(folder.resolve("objects"));
      this.parts = Files.createDirectories(folder.resolve("parts"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make folders in " + folder, e);
    }
  }

  /// Lets each operation fail with a text, or none if it is null.
  public void fail(@Nullable String reason) {
    failure = reason;
  }

  /// Returns the file of an object, for tests that change it.
  public Path file(ObjectKey key) {
    return root.resolve(key.name());
  }

  @Override
  public void put(ObjectKey key, Bytes bytes) throws ObjectStoreException {
    if (bytes.length() > MOST_BYTES) {
      throw new IllegalArgumentException("an object has " + bytes.length() + " bytes");
    }
    require("write", key.name());
    Path file = file(key);
    try {
      Files.createDirectories(file.resolveSibling(""));
      Path part = Files.createTempFile(parts, "part", null);
      Files.write(part, bytes.array());
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw failed("write", key.name(), e);
    }
  }

  @Override
  public Optional<Bytes> get(ObjectKey key, int length) throws ObjectStoreException {
    require("read", key.name());
    try (InputStream in = Files.newInputStream(file(key))) {
      return Optional.of(Bytes.of(in.readNBytes(length + 1)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed("read", key.name(), e);
    }
  }

  @Override
  public void delete(ObjectKey key) throws ObjectStoreException {
    require("delete", key.name());
    try {
      Files.deleteIfExists(file(key));
    } catch (IOException e) {
      throw failed("delete", key.name(), e);
    }
  }

  @Override
  public List<ObjectKey> list(String beginning, String after) throws ObjectStoreException {
    require("list", beginning);
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .filter(name -> name.startsWith(beginning) && name.compareTo(after) > 0)
          .filter(ObjectKey::isValid)
          .sorted()
          .limit(PAGE)
          .map(ObjectKey::new)
          .toList();
    } catch (IOException e) {
      throw failed("list", beginning, e);
    } catch (UncheckedIOException e) {
      // An object was deleted while the folder was read.
      throw failed("list", beginning, new IOException(e));
    }
  }

  @Override
  public void close() {}

  private void require(String what, String name) throws ObjectStoreException {
    String reason = failure;
    if (reason != null) {
      throw failed(what, name, new IOException(reason));
    }
  }

  private ObjectStoreException failed(String what, String name, IOException cause) {
    return new ObjectStoreException(
        "cannot %s '%s' in '%s': %s; look at the folder"
            .formatted(what, name, root, cause.getMessage()),
        cause);
  }
}
