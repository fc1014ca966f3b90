package lazaret.storage.rocks;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import lazaret.storage.files.PrivateFiles;
import lazaret.storage.record.LedgerCodec;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

/// A second copy of the ledger in a file outside of the database. Entries are appended and synced
/// before a decision is acknowledged, so that a repair can restore every decision after any damage
/// of the database. An entry is framed by its length, a CRC-32C and its length again. The end of
/// the file is thus found without reading all of it. Thread-safe; blocks on the disk.
final class LedgerCopy implements AutoCloseable {
  /// The name of the file in the data folder.
  static final String FILE = "lazaret-ledger";

  /// The beginning of the names of files that no longer continue the ledger of the database.
  static final String ASIDE = "lazaret-ledger.replaced-";

  private static final System.Logger LOG = System.getLogger(LedgerCopy.class.getName());
  private static final int FRAME = 3 * Integer.BYTES;
  private static final int MAX_ENTRY = 1 << 20;

  private final Path file;

  // Guarded by this.
  private @Nullable RandomAccessFile open;
  private @Nullable LedgerEntry last;

  private LedgerCopy(Path folder) {
    this.file = folder.resolve(FILE);
  }

  /// Opens the copy in a data folder, and cuts off a last entry that is incomplete.
  ///
  /// @throws StoreException with code `store-failed` if it cannot be read
  static LedgerCopy in(Path folder) {
    var copy = new LedgerCopy(folder);
    try {
      copy.last = copy.findEnd();
      return copy;
    } catch (IOException e) {
      throw copy.failed("read", e);
    }
  }

  /// Returns the last entry; empty if there is none.
  synchronized Optional<LedgerEntry> last() {
    return Optional.ofNullable(last);
  }

  /// Appends the entries of the database that the copy lacks, and syncs them. A copy that does not
  /// lead to the given end belongs to an abandoned history. It is renamed and written again.
  ///
  /// @param sequence sequence of the last entry in the database
  /// @param hash hash of that entry
  synchronized void catchUp(RecordLookup lookups, long sequence, Sha256 hash) {
    try {
      LedgerEntry known = last;
      if (known != null && known.sequence() == sequence && known.hash().equals(hash)) {
        return;
      }
      if (known == null || known.sequence() >= sequence || !append(lookups, known)) {
        rewrite(lookups);
      }
    } catch (IOException e) {
      close();
      throw failed("append to", e);
    }
  }

  private boolean append(RecordLookup lookups, LedgerEntry known) throws IOException {
    List<LedgerEntry> more = new ArrayList<>();
    try (var rest =
        lookups.stream(
            ColumnFamily.LEDGER,
            RowKeys.EMPTY,
            RowKeys.sequence(known.sequence() + 1),
            entry -> LedgerCodec.decode(entry.value()))) {
      rest.forEach(more::add);
    }
    LedgerEntry before = known;
    for (LedgerEntry entry : more) {
      if (!follows(before, entry)) {
        return false;
      }
      before = entry;
    }
    write(more);
    return true;
  }

  private static boolean follows(@Nullable LedgerEntry before, LedgerEntry entry) {
    return entry.intact()
        && (before == null
            ? entry.sequence() == 1 && entry.previous().equals(LedgerEntry.GENESIS)
            : entry.sequence() == before.sequence() + 1 && entry.previous().equals(before.hash()));
  }

  /// Returns the name for a copy that is renamed: a free one of ten, or the last.
  private Path aside() {
    int number = 1;
    while (number < 10 && Files.exists(file.resolveSibling(ASIDE + number))) {
      number++;
    }
    return file.resolveSibling(ASIDE + number);
  }

  /// Writes the whole ledger of the database, and keeps the old file under another name.
  private void rewrite(RecordLookup lookups) throws IOException {
    close();
    if (last != null) {
      Path aside = aside();
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      LOG.log(
          System.Logger.Level.WARNING,
          "journal of the ledger written again, because the ledger does not continue it; the one before is ''{0}''",
          aside);
    }
    Files.deleteIfExists(file);
    last = null;
    List<LedgerEntry> some = new ArrayList<>();
    try (var all =
        lookups.stream(ColumnFamily.LEDGER, entry -> LedgerCodec.decode(entry.value()))) {
      for (LedgerEntry entry : (Iterable<LedgerEntry>) all::iterator) {
        some.add(entry);
        if (some.size() == 1000) {
          write(some);
          some.clear();
        }
      }
    }
    write(some);
  }

  private void write(List<LedgerEntry> entries) throws IOException {
    if (entries.isEmpty()) {
      return;
    }
    RandomAccessFile out = open;
    if (out == null) {
      if (!Files.exists(file)) {
        PrivateFiles.write(file, "");
      }
      out = new RandomAccessFile(file.toFile(), "rw");
      open = out;
    }
    long end = out.length();
    out.seek(end);
    try {
      out.write(frames(entries));
      out.getFD().sync();
    } catch (IOException e) {
      // A part of a frame must not precede the next one.
      out.setLength(end);
      throw e;
    }
    last = entries.getLast();
  }

  private static byte[] frames(List<LedgerEntry> entries) {
    List<byte[]> encoded = entries.stream().map(LedgerCodec::encode).toList();
    ByteBuffer out =
        ByteBuffer.allocate(encoded.stream().mapToInt(data -> data.length + FRAME).sum());
    for (byte[] data : encoded) {
      out.putInt(data.length).putInt(checksum(data)).put(data).putInt(data.length);
    }
    return out.array();
  }

  private static int checksum(byte[] data) {
    var crc = new CRC32C();
    crc.update(data, 0, data.length);
    return (int) crc.getValue();
  }

  /// Returns the last entry, and cuts off the bytes after the last whole frame.
  private @Nullable LedgerEntry findEnd() throws IOException {
    if (!Files.exists(file)) {
      return null;
    }
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      long length = in.length();
      if (length >= FRAME) {
        in.seek(length - Integer.BYTES);
        int size = in.readInt();
        if (size > 0 && size <= Math.min(MAX_ENTRY, length - FRAME)) {
          in.seek(length - FRAME - size);
          LedgerEntry end = frame(in, length);
          if (end != null) {
            return end;
          }
        }
      }
    }
    LedgerEntry[] found = new LedgerEntry[1];
    long good = read(entry -> found[0] = entry);
    if (good < Files.size(file)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "journal of the ledger cut after byte {0}: its last entry is incomplete or damaged",
          Long.toString(good));
      Path aside = aside();
      Files.copy(file, aside, StandardCopyOption.REPLACE_EXISTING);
      try (var out = new RandomAccessFile(file.toFile(), "rw")) {
        out.setLength(good);
      }
    }
    return found[0];
  }

  /// Reads all entries from the first one on as long as they form a chain.
  ///
  /// @return the bytes that the good entries occupy
  /// @throws StoreException with code `store-failed` if the file cannot be read
  synchronized long read(Consumer<LedgerEntry> action) {
    if (!Files.exists(file)) {
      return 0;
    }
    long good = 0;
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      LedgerEntry before = null;
      long length = in.length();
      while (good < length) {
        LedgerEntry entry = frame(in, length);
        if (entry == null || !follows(before, entry)) {
          break;
        }
        action.accept(entry);
        before = entry;
        good = in.getFilePointer();
      }
      return good;
    } catch (IOException e) {
      throw failed("read", e);
    }
  }

  /// Reads the frame at the position of a file; null if it is not whole.
  private static @Nullable LedgerEntry frame(RandomAccessFile in, long length) throws IOException {
    try {
      int size = in.readInt();
      int checksum = in.readInt();
      if (size <= 0 || size > MAX_ENTRY || size > length - in.getFilePointer() - Integer.BYTES) {
        return null;
      }
      byte[] data = new byte[size];
      in.readFully(data);
      return in.readInt() == size && checksum(data) == checksum ? LedgerCodec.decode(data) : null;
    } catch (EOFException | StoreException | MalformedException _) {
      return null;
    }
  }

  private StoreException failed(String tried, IOException e) {
    boolean full = String.valueOf(e.getMessage()).contains("No space left on device");
    return new StoreException(
        full ? ErrorCode.DISK_FULL : ErrorCode.STORE_FAILED,
        "cannot %s the journal of the ledger in '%s': %s; %s"
            .formatted(
                tried,
                file,
                PrivateFiles.describe(e),
                full ? "free disk space" : "look at the log of the operating system"),
        e);
  }

  @Override
  public synchronized void close() {
    RandomAccessFile out = open;
    open = null;
    if (out != null) {
      try {
        out.close();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.WARNING, "journal of the ledger not closed", e);
      }
    }
  }
}
