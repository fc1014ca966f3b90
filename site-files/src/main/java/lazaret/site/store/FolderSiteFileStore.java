package lazaret.site.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.storage.files.PrivateFiles;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// Files in a folder: `ab/SHA256`, where `ab` are the first two digits. Uploads are in the folder
/// `parts`. Their remains are removed when the store is opened; one process has the folder.
/// Thread-safe; blocks.
public final class FolderSiteFileStore implements SiteFileStore {
  private static final String PARTS = "parts";
  private static final Pattern PART =
      Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final Path folder;
  private final Path parts;

  private FolderSiteFileStore(Path folder) {
    this.folder = folder;
    this.parts = folder.resolve(PARTS);
  }

  /// Opens the store of a folder, which is created with its first file.
  ///
  /// @throws IOException if files of earlier uploads cannot be removed
  public static FolderSiteFileStore open(Path folder) throws IOException {
    FolderSiteFileStore store = new FolderSiteFileStore(folder);
    for (Path left : list(store.parts)) {
      // The folder of a copy is named by a person, and may have other files.
      if (PART.matcher(name(left)).matches()) {
        Files.delete(left);
      }
    }
    return store;
  }

  @Override
  public Optional<SiteFile> find(Sha256 sha256) throws IOException {
    Path file = path(sha256);
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(
            new Stored(sha256, Files.size(file), Files.getLastModifiedTime(file).toInstant(), file))
        : Optional.empty();
  }

  @Override
  public SiteFileUpload begin(long expectedLength) throws IOException {
    if (expectedLength < UNKNOWN_LENGTH) {
      throw new IllegalArgumentException("a length of " + expectedLength);
    }
    create(parts);
    Path part = parts.resolve(UUID.randomUUID().toString());
    return new Upload(part, PrivateFiles.create(part), expectedLength);
  }

  @Override
  public void delete(Sha256 sha256) throws IOException {
    Path file = path(sha256);
    if (Files.deleteIfExists(file)) {
      PrivateFiles.syncName(file);
    }
  }

  /// Deletes a file that was stored before a moment. An upload of the same bytes that ends at the
  /// same time comes before or after it.
  @Override
  public synchronized boolean deleteOlder(Sha256 sha256, Instant before) throws IOException {
    return SiteFileStore.super.deleteOlder(sha256, before);
  }

  /// Puts a part in its place.
  private synchronized void move(Path part, Path file) throws IOException {
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public List<Sha256> all() throws IOException {
    List<Sha256> all = new ArrayList<>();
    for (Path each : list(folder)) {
      if (name(each).length() == 2) {
        list(each).stream()
            .map(FolderSiteFileStore::name)
            .filter(Sha256::isValid)
            .map(Sha256::parse)
            .forEach(all::add);
      }
    }
    Collections.sort(all);
    return all;
  }

  private static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private Path path(Sha256 sha256) {
    String hex = sha256.hex();
    return folder.resolve(hex.substring(0, 2)).resolve(hex);
  }

  /// Creates a folder, if another thread did not.
  private synchronized void create(Path each) throws IOException {
    if (!Files.isDirectory(each)) {
      PrivateFiles.createFolders(each);
    }
  }

  /// A file of the folder.
  private record Stored(Sha256 sha256, long length, Instant stored, Path file) implements SiteFile {
    @Override
    public InputStream open(long from) throws IOException {
      if (from < 0 || from > length) {
        throw new IllegalArgumentException("position %d of %d bytes".formatted(from, length));
      }
      SeekableByteChannel channel = Files.newByteChannel(file);
      try {
        channel.position(from);
        return Channels.newInputStream(channel);
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    }
  }

  /// A file that is being written.
  private final class Upload implements SiteFileUpload {
    private final Path part;
    private final FileChannel channel;
    private final long expectedLength;
    private final Sha256.Hasher hasher = new Sha256.Hasher();
    private long length;
    private boolean ended;

    private Upload(Path part, FileChannel channel, long expectedLength) {
      this.part = part;
      this.channel = channel;
      this.expectedLength = expectedLength;
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      open();
      if (expectedLength != UNKNOWN_LENGTH && count > expectedLength - length) {
        throw new MalformedException(
            "cannot store a file: expected %d bytes, found more".formatted(expectedLength));
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, count);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      hasher.update(bytes, offset, count);
      length += count;
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public SiteFile commit(@Nullable Sha256 expected) throws IOException {
      open();
      if (expectedLength != UNKNOWN_LENGTH && length != expectedLength) {
        throw new MalformedException(
            "cannot store a file: expected %d bytes, found %d".formatted(expectedLength, length));
      }
      Sha256 found = hasher.finish();
      if (expected != null && !expected.equals(found)) {
        ended = true;
        drop();
        throw new MalformedException(
            "cannot store a file: expected the SHA-256 %s, found %s".formatted(expected, found));
      }
      channel.force(true);
      Path file = path(found);
      create(file.resolveSibling(""));
      move(part, file);
      ended = true;
      channel.close();
      PrivateFiles.syncName(file);
      return new Stored(found, length, Files.getLastModifiedTime(file).toInstant(), file);
    }

    private void open() {
      if (ended) {
        throw new IllegalStateException("the upload has ended");
      }
    }

    @Override
    public void close() throws IOException {
      if (!ended) {
        ended = true;
        drop();
      }
    }

    private void drop() throws IOException {
      try (channel) {
        Files.deleteIfExists(part);
      }
    }
  }
}
