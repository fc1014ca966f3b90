package lazaret.bundle.checking;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.format.Blob;
import lazaret.bundle.format.BundleTarget;
import lazaret.bundle.format.OrderedTasks;
import lazaret.bundle.format.Ustar;
import lazaret.bundle.format.UstarReader;
import lazaret.vetting.crates.CrateId;

/// A reader of the artifacts of one part, in the order of the table. Adjacent artifacts are read
/// together. All processors work on them, up to 4 MiB ahead of the caller.
///
/// The digest of the part is not computed. Every byte of it follows from the table, which was
/// hashed, and from the artifacts, which the work hashes (see [Ustar]). After an error the part is
/// read again, to find out whether it is the signed file. Not thread-safe; the caller closes it.
///
/// @param <T> the result of the work on one artifact
public final class PartReader<T> implements AutoCloseable {
  /// The largest accepted artifact in bytes. An import has whole artifacts in memory.
  public static final int MOST_BLOB = 64 << 20;

  /// The number of bytes that are read at once, unless one artifact is longer.
  private static final int PIECE = 256 << 10;

  private static final int AHEAD = 4 << 20;

  private final BundleInspection bundle;
  private final int number;
  private final String name;
  private final Work<T> work;
  private final Consumer<T> taker;
  private final String place;
  private final OrderedTasks<List<T>> ahead = new OrderedTasks<>(AHEAD);

  /// The streams that no thread uses at the moment.
  private final List<PartStream> streams = new ArrayList<>();

  // Guarded by `streams`.
  private boolean closed;

  private long end;
  private List<Item> next = new ArrayList<>();
  private int nextLength;

  private PartReader(
      BundleInspection bundle, int number, String place, Work<T> work, Consumer<T> taker) {
    this.bundle = bundle;
    this.number = number;
    this.name = BundleTarget.part(number);
    this.place = place;
    this.work = work;
    this.taker = taker;
  }

  /// The work on one artifact, on any thread.
  ///
  /// @param <T> the result
  @FunctionalInterface
  public interface Work<T> {
    /// Processes an artifact.
    ///
    /// @param blob the entry of the table
    /// @param id the crate version and checksum as given in the index
    /// @param bytes an array that contains the artifact and possibly others; it must not be kept if
    ///   it is longer than the artifact
    /// @param from the offset of the artifact in the array
    /// @throws BundleException if the bytes are not the expected ones
    T of(Blob blob, CrateId id, byte[] bytes, int from);

    /// Returns the number of bytes that a long artifact occupies in memory until its result is
    /// consumed.
    default long held(Blob blob) {
      return blob.length();
    }

    /// Processes a long artifact. The default implementation reads it into an array of its own.
    ///
    /// @param blob the entry of the table
    /// @param id the crate version and checksum as given in the index
    /// @param content a stream that ends with the artifact, to be read to its end
    /// @throws BundleException if the bytes are not the expected ones
    /// @throws IOException if the stream throws it
    default T ofLong(Blob blob, CrateId id, InputStream content) throws IOException {
      byte[] bytes = new byte[(int) blob.length()];
      // A truncated artifact has another digest.
      int _ = content.readNBytes(bytes, 0, bytes.length);
      return of(blob, id, bytes, 0);
    }
  }

  private record Item(Blob blob, CrateId id) {
    Ustar.Entry entry() {
      return new Ustar.Entry(blob.digest().hex(), blob.length());
    }
  }

  /// Opens a part.
  ///
  /// @param bundle the bundle whose files are read
  /// @param number the number of the part
  /// @param work the work on each artifact
  /// @param taker receives the results in the order of the table, on the thread that adds
  /// @throws BundleException `part-missing`; `part-damaged` if the length differs from the signed
  ///   one; `medium-read-failed`
  public static <T> PartReader<T> open(
      BundleInspection bundle, int number, Work<T> work, Consumer<T> taker) {
    String name = BundleTarget.part(number);
    String place = bundle.position(name, BundleCode.PART_MISSING);
    Long length = bundle.files().lengths().get(place);
    if (length == null) {
      throw new BundleException(
          BundleCode.PART_MISSING,
          "cannot read '%s': it is missing; expected '%s'".formatted(name, place));
    }
    long signed = bundle.length(name, BundleCode.PART_MISSING);
    if (length != signed) {
      throw new BundleException(
          BundleCode.PART_DAMAGED,
          "cannot use '%s': expected %d bytes, found %d".formatted(name, signed, length));
    }
    return new PartReader<>(bundle, number, place, work, taker);
  }

  /// Adds the artifact that follows the previous one in the part.
  ///
  /// @throws BundleException `part-damaged`; `blob-missing`, `blob-digest-mismatch`, `archive-...`,
  ///   `limit-exceeded` if the part is the signed file; any exception of the work
  /// @throws IOException if the stream throws it
  public void add(Blob blob, CrateId id) throws IOException {
    if (blob.length() > MOST_BLOB) {
      throw new BundleException(
          BundleCode.LIMIT_EXCEEDED,
          "cannot read %s: it has %d bytes, at most %d are read"
              .formatted(id, blob.length(), MOST_BLOB));
    }
    try {
      long length = Ustar.length(blob.length());
      end = blob.offset() - Ustar.BLOCK + length;
      if (nextLength + length > PIECE) {
        read();
      }
      if (length > PIECE) {
        readAlone(new Item(blob, id));
      } else {
        next.add(new Item(blob, id));
        nextLength += (int) length;
      }
    } catch (BundleException e) {
      throw instead(e);
    }
  }

  /// Starts reading the collected adjacent artifacts.
  private void read() throws IOException {
    if (next.isEmpty()) {
      return;
    }
    List<Item> items = next;
    int length = nextLength;
    long from = items.getFirst().blob().offset() - Ustar.BLOCK;
    ahead.add(PIECE, () -> reading(from, stream -> piece(stream, items, length)));
    next = new ArrayList<>();
    nextLength = 0;
    takeAhead();
  }

  private void readAlone(Item item) throws IOException {
    read();
    long from = item.blob().offset() - Ustar.BLOCK;
    ahead.add(
        Math.max(PIECE, work.held(item.blob())),
        () -> reading(from, stream -> List.of(alone(stream, item))));
    takeAhead();
  }

  private void takeAhead() throws IOException {
    while (ahead.isFull()) {
      ahead.take().forEach(taker);
    }
  }

  /// A function that reads from a stream.
  private interface Reading<R> {
    R of(PartStream stream) throws IOException;
  }

  /// Reads on the thread that also does the work, so that the bytes are in the cache of its
  /// processor.
  ///
  /// @param from the offset in the part
  private <R> R reading(long from, Reading<R> reading) throws IOException {
    PartStream stream = streamBefore(from);
    try {
      return reading.of(stream);
    } finally {
      giveBack(stream);
    }
  }

  /// Returns a stream whose position is not after an offset. Pieces are started in their order, so
  /// most streams qualify, but a thread may be suspended between the start and this call.
  private PartStream streamBefore(long from) {
    synchronized (streams) {
      for (int i = 0; i < streams.size(); i++) {
        if (streams.get(i).position() <= from) {
          return streams.remove(i);
        }
      }
    }
    return new PartStream(bundle.files().open(place), PIECE);
  }

  private List<T> piece(PartStream stream, List<Item> items, int length) throws IOException {
    byte[] buffer = stream.buffer();
    int read = stream.fill(items.getFirst().blob().offset() - Ustar.BLOCK, length);
    List<T> found = new ArrayList<>(items.size());
    int at = 0;
    for (Item item : items) {
      Blob blob = item.blob();
      int behind = at + (int) Ustar.length(blob.length());
      if (behind > read || !Ustar.lies(item.entry(), buffer, at)) {
        throw wrong(item, Ustar.entry(buffer, at, read, Ustar.Names.DIGESTS, name));
      }
      found.add(work.of(blob, item.id(), buffer, at + Ustar.BLOCK));
      at = behind;
    }
    return found;
  }

  private T alone(PartStream stream, Item item) throws IOException {
    Blob blob = item.blob();
    int head = stream.fill(blob.offset() - Ustar.BLOCK, Ustar.BLOCK);
    Optional<Ustar.Entry> entry = Ustar.entry(stream.buffer(), 0, head, Ustar.Names.DIGESTS, name);
    if (!entry.equals(Optional.of(item.entry()))) {
      throw wrong(item, entry);
    }
    T found = work.ofLong(blob, item.id(), stream.next(blob.length()));
    long behind = blob.offset() + blob.length();
    int padding = Ustar.padding(blob.length());
    if (stream.fill(behind, padding) < padding || !Ustar.isZero(stream.buffer(), 0, padding)) {
      throw Ustar.hidden(name, item.entry());
    }
    return found;
  }

  private BundleException wrong(Item item, Optional<Ustar.Entry> found) {
    Blob blob = item.blob();
    if (found.isEmpty() || !found.get().name().equals(blob.digest().hex())) {
      return new BundleException(
          BundleCode.BLOB_MISSING,
          "cannot use part %d: expected %s, found %s"
              .formatted(number, item.id(), found.map(Ustar.Entry::name).orElse("its end")));
    }
    boolean cut = found.get().size() > bundle.length(name, BundleCode.PART_MISSING) - blob.offset();
    return new BundleException(
        cut ? BundleCode.ARCHIVE_HEADER_INVALID : BundleCode.BLOB_DIGEST_MISMATCH,
        "cannot use %s from part %d: expected %d bytes, found an entry of %d"
            .formatted(item.id(), number, blob.length(), found.get().size()));
  }

  /// Waits for all work and checks that the part ends here.
  ///
  /// @throws BundleException as [#add]; `blob-undeclared` if another entry follows
  /// @throws IOException if the stream throws it
  public void end() throws IOException {
    try {
      read();
      while (!ahead.isEmpty()) {
        ahead.take().forEach(taker);
      }
      Optional<Ustar.Entry> more = reading(end, this::behindAll);
      if (more.isPresent()) {
        throw new BundleException(
            BundleCode.BLOB_UNDECLARED,
            "cannot use part %d: the table does not list its entry %s"
                .formatted(number, more.get().name()));
      }
    } catch (BundleException e) {
      throw instead(e);
    }
  }

  private Optional<Ustar.Entry> behindAll(PartStream stream) throws IOException {
    int _ = stream.fill(end, 0);
    // One byte more than expected, so that additional data is detected.
    long rest = bundle.length(name, BundleCode.PART_MISSING) - end + 1;
    return new UstarReader(stream.next(rest), Ustar.Names.DIGESTS, name, end).next();
  }

  /// Returns the exception to throw after an error in the part: `part-damaged` if the part is not
  /// the signed file, otherwise the given exception.
  private BundleException instead(BundleException found) throws IOException {
    try (VerifyingTargetStream whole =
        VerifyingTargetStream.open(
            bundle, name, BundleCode.PART_DAMAGED, BundleCode.PART_MISSING)) {
      return whole.instead(found);
    }
  }

  @Override
  public void close() throws IOException {
    ahead.close();
    synchronized (streams) {
      closed = true;
      for (PartStream stream : streams) {
        stream.close();
      }
    }
  }

  private void giveBack(PartStream stream) throws IOException {
    synchronized (streams) {
      if (closed) {
        stream.close();
      } else {
        streams.addLast(stream);
      }
    }
  }
}
