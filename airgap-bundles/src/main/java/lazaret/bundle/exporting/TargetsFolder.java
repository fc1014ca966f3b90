package lazaret.bundle.exporting;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import lazaret.bundle.format.OrderedTasks;
import lazaret.bundle.tuf.Metadata;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;

/// The folder of the targets of a bundle. Each file is hashed while it is written, synced, and then
/// named by its digest. Written data is synced in the background during writing. Not thread-safe.
final class TargetsFolder {
  private static final int BUFFER = 256 << 10;

  /// The number of bytes between two syncs.
  private static final long SYNCED = 32 << 20;

  private final Path folder;
  private final Map<String, Metadata.TargetFile> targets = new TreeMap<>();

  TargetsFolder(Path folder) {
    this.folder = folder;
  }

  /// Returns the completed files by name.
  Map<String, Metadata.TargetFile> targets() {
    return targets;
  }

  /// Starts a file; closing the stream completes it.
  OutputStream create(String name) throws IOException {
    return new BufferedOutputStream(new Target(name), BUFFER);
  }

  void write(String name, Bytes content) throws IOException {
    try (OutputStream out = create(name)) {
      content.writeTo(out);
    }
  }

  private final class Target extends OutputStream {
    private final String name;
    private final Path part;
    private final FileChannel channel;
    private final Sha256.Hasher hasher = new Sha256.Hasher();
    private final OrderedTasks<Boolean> syncing = new OrderedTasks<>(1);
    private long length;
    private long unsynced;
    private boolean closed;

    Target(String name) throws IOException {
      this.name = name;
      this.part = folder.resolve(name + ".part");
      this.channel =
          FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] data, int offset, int count) throws IOException {
      hasher.update(data, offset, count);
      ByteBuffer bytes = ByteBuffer.wrap(data, offset, count);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      length += count;
      unsynced += count;
      if (unsynced > SYNCED) {
        sync();
      }
    }

    /// Syncs in the background, after waiting for the previous sync.
    private void sync() throws IOException {
      unsynced = 0;
      if (!syncing.isEmpty()) {
        boolean _ = syncing.take();
      }
      syncing.add(
          1,
          () -> {
            channel.force(false);
            return true;
          });
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      while (!syncing.isEmpty()) {
        boolean _ = syncing.take();
      }
      syncing.close();
      channel.force(true);
      channel.close();
      Sha256 digest = hasher.finish();
      Files.move(part, folder.resolve(digest + "." + name));
      targets.put(name, new Metadata.TargetFile(length, Map.of("sha256", digest.hex())));
    }
  }
}
