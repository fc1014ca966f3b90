package lazaret.site.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.storage.objects.ObjectKey;
import lazaret.storage.objects.ObjectStore;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// Files in a store of objects that several servers share. An object is whole in heap, so a file is
/// in pieces: `site-pieces/ID/NUMBER`, then `site-pieces/ID/digests` with the SHA-256 of each
/// piece, and last `site-files/ab/SHA256.ID` with the length. An id is used once, so that an
/// operation that arrives late changes nothing that is in use. A piece is compared when it is read.
/// Thread-safe; blocks. A stream ends with an exception if the file is deleted meanwhile.
public final class ObjectSiteFileStore implements SiteFileStore {
  /// The usual length of a piece, in bytes. Each response has one in heap while its client reads.
  public static final int PIECE = 1 << 20;

  private static final String FILES = "site-files/";

  /// The length of an entry: its form has a fixed one.
  private static final int ENTRY_LENGTH = 49;

  private static final Pattern ENTRY =
      Pattern.compile("lazaret-site-file-1 ([0-9]{18}) ([0-9]{9})\n");
  private static final Pattern ENTRY_KEY =
      Pattern.compile(FILES + "([0-9a-f]{2})/(\\1[0-9a-f]{62})\\.([0-9]{13}-[0-9a-f]{32})");
  private static final Pattern PIECE_KEY =
      Pattern.compile(PieceLayout.PIECES + "([0-9]{13}-[0-9a-f]{32})/.+");

  private final ObjectStore objects;
  private final Clock clock;
  private final int piece;

  /// Creates a store.
  ///
  /// @param objects the store of the objects, which the caller closes
  /// @param clock the time of uploads
  /// @param piece the length of the pieces of new files, in bytes
  public ObjectSiteFileStore(ObjectStore objects, Clock clock, int piece) {
    this.objects = objects;
    this.clock = clock;
    this.piece = piece;
  }

  /// The key of an entry.
  ///
  /// @param id the id of the upload: the time in milliseconds, and a random part
  private record EntryKey(Sha256 sha256, String id) {
    static Optional<EntryKey> of(ObjectKey key) {
      Matcher form = ENTRY_KEY.matcher(key.name());
      return form.matches()
          ? Optional.of(new EntryKey(Sha256.parse(form.group(2)), form.group(3)))
          : Optional.empty();
    }

    ObjectKey key() {
      return new ObjectKey(beginning(sha256) + id);
    }

    static String beginning(Sha256 sha256) {
      return FILES + sha256.hex().substring(0, 2) + '/' + sha256.hex() + '.';
    }
  }

  private static Instant time(String id) {
    return Instant.ofEpochMilli(Long.parseLong(id.substring(0, id.indexOf('-'))));
  }

  @Override
  public Optional<SiteFile> find(Sha256 sha256) throws IOException {
    List<EntryKey> entries = entries(EntryKey.beginning(sha256));
    for (EntryKey entry : entries.reversed()) {
      Optional<Bytes> form = objects.get(entry.key(), ENTRY_LENGTH);
      if (form.isPresent()) {
        return Optional.of(file(entry, form.get()));
      }
    }
    return Optional.empty();
  }

  private SiteFile file(EntryKey entry, Bytes form) throws IOException {
    Matcher numbers = ENTRY.matcher(form.text());
    if (!numbers.matches() || Integer.parseInt(numbers.group(2)) < 1) {
      throw new IOException("the object '" + entry.key() + "' has another form than an entry");
    }
    return new Stored(entry, Long.parseLong(numbers.group(1)), Integer.parseInt(numbers.group(2)));
  }

  private List<EntryKey> entries(String beginning) throws IOException {
    return keys(beginning).stream().flatMap(key -> EntryKey.of(key).stream()).toList();
  }

  private List<ObjectKey> keys(String beginning) throws IOException {
    List<ObjectKey> all = new ArrayList<>();
    List<ObjectKey> page = objects.list(beginning, "");
    while (!page.isEmpty()) {
      all.addAll(page);
      page = objects.list(beginning, page.getLast().name());
    }
    return all;
  }

  @Override
  public SiteFileUpload begin(long expectedLength) {
    if (expectedLength < UNKNOWN_LENGTH) {
      throw new IllegalArgumentException("a length of " + expectedLength);
    }
    String random = UUID.randomUUID().toString().replace("-", "");
    return new Upload("%013d-%s".formatted(clock.millis(), random), expectedLength);
  }

  @Override
  public void delete(Sha256 sha256) throws IOException {
    for (EntryKey entry : entries(EntryKey.beginning(sha256))) {
      delete(entry);
    }
  }

  @Override
  public boolean deleteOlder(Sha256 sha256, Instant before) throws IOException {
    List<EntryKey> entries = entries(EntryKey.beginning(sha256));
    List<EntryKey> old = entries.stream().filter(e -> time(e.id()).isBefore(before)).toList();
    for (EntryKey entry : old) {
      delete(entry);
    }
    return !old.isEmpty() && old.size() == entries.size();
  }

  /// Deletes a file: its entry first, so that it is never found without its pieces.
  private void delete(EntryKey entry) throws IOException {
    objects.delete(entry.key());
    for (ObjectKey key : keys(PieceLayout.beginning(entry.id()))) {
      objects.delete(key);
    }
  }

  @Override
  public List<Sha256> all() throws IOException {
    Set<Sha256> all = new TreeSet<>();
    entries(FILES).forEach(entry -> all.add(entry.sha256()));
    return List.copyOf(all);
  }

  @Override
  public void dropParts(Instant before) throws IOException {
    Set<String> used = new HashSet<>();
    entries(FILES).forEach(entry -> used.add(entry.id()));
    for (ObjectKey key : keys(PieceLayout.PIECES)) {
      Matcher form = PIECE_KEY.matcher(key.name());
      if (form.matches() && !used.contains(form.group(1)) && time(form.group(1)).isBefore(before)) {
        objects.delete(key);
      }
    }
  }

  /// A file in pieces, all of one length except the last one.
  private final class Stored implements SiteFile {
    private final EntryKey entry;
    private final PieceLayout layout;

    private Stored(EntryKey entry, long length, int piece) {
      this.entry = entry;
      this.layout = new PieceLayout(entry.id(), length, piece);
    }

    @Override
    public Sha256 sha256() {
      return entry.sha256();
    }

    @Override
    public long length() {
      return layout.length();
    }

    @Override
    public Instant stored() {
      return time(entry.id());
    }

    @Override
    public int heap() {
      return layout.heap();
    }

    @Override
    public InputStream open(long from) throws IOException {
      if (from < 0 || from > length()) {
        throw new IllegalArgumentException("position %d of %d bytes".formatted(from, length()));
      }
      return PieceStream.open(objects, layout, from);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Stored that && entry.equals(that.entry) && layout.equals(that.layout);
    }

    @Override
    public int hashCode() {
      return entry.hashCode();
    }
  }

  /// A file that is being put.
  private final class Upload implements SiteFileUpload {
    private final String id;
    private final long expectedLength;
    private final Sha256.Hasher hasher = new Sha256.Hasher();
    private final ByteArrayOutputStream digests = new ByteArrayOutputStream();
    private final byte[] buffer;
    private int filled;
    private long pieces;
    private long length;
    private boolean ended;

    private Upload(String id, long expectedLength) {
      this.id = id;
      this.expectedLength = expectedLength;
      this.buffer = new byte[piece];
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      open();
      if (expectedLength != UNKNOWN_LENGTH && count > expectedLength - length) {
        throw new MalformedException(
            "cannot store a file: expected %d bytes, found more".formatted(expectedLength));
      }
      hasher.update(bytes, offset, count);
      length += count;
      int at = offset;
      int left = count;
      while (left > 0) {
        int taken = Math.min(left, buffer.length - filled);
        System.arraycopy(bytes, at, buffer, filled, taken);
        filled += taken;
        at += taken;
        left -= taken;
        if (filled == buffer.length) {
          put();
        }
      }
    }

    private void put() throws IOException {
      Bytes bytes = Bytes.copyOf(buffer, 0, filled);
      objects.put(PieceLayout.pieceKey(id, pieces), bytes);
      digests.writeBytes((Sha256.of(bytes).hex() + '\n').getBytes(StandardCharsets.US_ASCII));
      pieces++;
      filled = 0;
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
        close();
        throw new MalformedException(
            "cannot store a file: expected the SHA-256 %s, found %s".formatted(expected, found));
      }
      if (filled > 0) {
        put();
      }
      objects.put(PieceLayout.digestsKey(id), Bytes.of(digests.toByteArray()));
      EntryKey entry = new EntryKey(found, id);
      objects.put(
          entry.key(),
          Bytes.utf8("lazaret-site-file-1 %018d %09d\n".formatted(length, buffer.length)));
      ended = true;
      return new Stored(entry, length, buffer.length);
    }

    private void open() {
      if (ended) {
        throw new IllegalStateException("the upload has ended");
      }
    }

    /// Deletes the pieces. One that is put late is removed by [#dropParts].
    @Override
    public void close() throws IOException {
      if (!ended) {
        ended = true;
        for (ObjectKey key : keys(PieceLayout.beginning(id))) {
          objects.delete(key);
        }
      }
    }
  }
}
