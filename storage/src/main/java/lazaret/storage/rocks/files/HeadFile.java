package lazaret.storage.rocks.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import lazaret.storage.files.PrivateFiles;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.StoreException;
import org.jspecify.annotations.Nullable;

/// The record of the last acknowledged write, in a file outside of the database. The file has two
/// slots in separate blocks. Each write replaces the older slot and is on disk when it returns, so
/// that a crash leaves at least the record before. Writes allocate no disk space. Not thread-safe;
/// blocks.
public final class HeadFile implements AutoCloseable {
  private static final byte[] MAGIC = "LZ-HEAD1".getBytes(StandardCharsets.US_ASCII);
  private static final int SLOT = 4 << 10;
  private static final int SLOTS = 2;
  private static final int BODY = 8 + 3 * Long.BYTES + Sha256.LENGTH + Long.BYTES;

  /// The name of the file.
  public static final String NAME = "lazaret-head";

  private final Path file;

  /// The file opened for writing; null until the first write. A [FileChannel] would close itself if
  /// a caller's thread were interrupted.
  private @Nullable RandomAccessFile open;

  private @Nullable Slot newest;

  private HeadFile(Path folder) {
    this.file = folder.resolve(NAME);
  }

  /// The last acknowledged write.
  ///
  /// @param commit number of the commit
  /// @param sequence sequence of the last ledger entry; 0 if there is none
  /// @param hash hash of that entry
  /// @param at time of the acknowledgement, in milliseconds
  public record Head(long commit, long sequence, Sha256 hash, Instant at) {}

  /// A head as it is stored.
  ///
  /// @param counter number of the write; the higher of two slots is newer
  private record Slot(long counter, Head head) {}

  /// Reads the file in a folder, if it exists.
  public static HeadFile in(Path folder) {
    var head = new HeadFile(folder);
    head.newest = head.read();
    return head;
  }

  /// Returns the head; empty if the file is missing or neither slot can be read.
  public Optional<Head> head() {
    return Optional.ofNullable(newest).map(Slot::head);
  }

  /// Returns whether there is a file, readable or not.
  public boolean exists() {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  private @Nullable Slot read() {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    Slot best = null;
    try (var in = Files.newInputStream(file)) {
      byte[] all = in.readNBytes(SLOTS * SLOT);
      for (int slot = 0; slot < SLOTS && (slot + 1) * SLOT <= all.length; slot++) {
        Slot found = decode(Arrays.copyOfRange(all, slot * SLOT, (slot + 1) * SLOT));
        if (found != null && (best == null || found.counter() > best.counter())) {
          best = found;
        }
      }
    } catch (IOException _) {
      // An unreadable file is treated like one with damaged slots: the opening reports it.
      return null;
    }
    return best;
  }

  /// Replaces the head; it is on disk when this returns.
  ///
  /// @throws StoreException with code `store-failed` if it cannot be written
  public void write(Head head) {
    Slot before = newest;
    var next = new Slot(before == null ? 1 : before.counter() + 1, head);
    try {
      RandomAccessFile out = open;
      if (out == null) {
        out = openForWriting();
      }
      byte[] slot = encode(next);
      out.seek(next.counter() % SLOTS * SLOT);
      out.write(slot);
      newest = next;
    } catch (IOException e) {
      close();
      throw new StoreException(
          ErrorCode.STORE_FAILED,
          "cannot record the last acknowledged write in '%s': %s; look at the disk"
              .formatted(file, PrivateFiles.describe(e)),
          e);
    }
  }

  private RandomAccessFile openForWriting() throws IOException {
    if (newest == null || Files.size(file) < (long) SLOTS * SLOT) {
      create();
    }
    RandomAccessFile out = new RandomAccessFile(file.toFile(), "rwd");
    open = out;
    return out;
  }

  /// Creates an empty file of full length at its place.
  private void create() throws IOException {
    PrivateFiles.write(file, Bytes.of(new byte[SLOTS * SLOT]));
  }

  private static byte[] encode(Slot slot) {
    Head head = slot.head();
    ByteBuffer body =
        ByteBuffer.allocate(BODY)
            .put(MAGIC)
            .putLong(slot.counter())
            .putLong(head.commit())
            .putLong(head.sequence())
            .put(head.hash().bytes())
            .putLong(head.at().toEpochMilli());
    return ByteBuffer.allocate(BODY + Sha256.LENGTH)
        .put(body.array())
        .put(Sha256.of(Bytes.of(body.array())).bytes())
        .array();
  }

  private static @Nullable Slot decode(byte[] slot) {
    byte[] body = Arrays.copyOf(slot, BODY);
    byte[] digest = Arrays.copyOfRange(slot, BODY, BODY + Sha256.LENGTH);
    if (!Arrays.equals(MAGIC, Arrays.copyOf(slot, MAGIC.length))
        || !Arrays.equals(digest, Sha256.of(Bytes.of(body)).bytes())) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(body).position(MAGIC.length);
    long counter = in.getLong();
    long commit = in.getLong();
    long sequence = in.getLong();
    byte[] hash = new byte[Sha256.LENGTH];
    in.get(hash);
    Instant at = Instant.ofEpochMilli(in.getLong());
    return new Slot(counter, new Head(commit, sequence, Sha256.fromDigest(hash), at));
  }

  @Override
  public void close() {
    RandomAccessFile out = open;
    open = null;
    if (out != null) {
      try {
        out.close();
      } catch (IOException _) {
        // Every write was on disk when it returned.
      }
    }
  }
}
