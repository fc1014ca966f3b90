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
import lazaret.bundle.format.BundleFile;
import lazaret.bundle.format.InOrder;
import lazaret.bundle.format.Ustar;
import lazaret.bundle.format.UstarReader;
import lazaret.vetting.crates.CrateId;

/// The artefacts of one part, in the order of the table. Those that lie behind each other are read
/// in one piece, and worked on by all processors a few megabytes ahead of what is taken.
///
/// The digest of the part is not computed: from the table, which was hashed, and the artefacts,
/// which the work hashes, every byte of it follows ([Ustar]). Only where something is wrong it is
/// read again, to say whether it is the one that was signed. Not thread-safe; to be closed.
///
/// @param <T> what the work on an artefact comes to
public final class PartInput<T> implements AutoCloseable {
  /// The largest artefact that is taken: an import has each in memory whole.
  public static final int MOST_BLOB = 64 << 20;

  /// How many bytes are read at once, unless an artefact is longer.
  private static final int PIECE = 256 << 10;

  private static final int AHEAD = 4 << 20;

  private final Inspection bundle;
  private final int number;
  private final String name;
  private final Work<T> work;
  private final Consumer<T> taker;
  private final String place;
  private final InOrder<List<T>> ahead = new InOrder<>(AHEAD);

  /// Those that no thread has at the moment.
  private final List<PartStream> streams = new ArrayList<>();

  // Guarded by streams.
  private boolean closed;

  private long end;
  private List<Item> next = new ArrayList<>();
  private int nextLength;

  private PartInput(Inspection bundle, int number, String place, Work<T> work, Consumer<T> taker) {
    this.bundle = bundle;
    this.number = number;
    this.name = BundleFile.part(number);
    this.place = place;
    this.work = work;
    this.taker = taker;
  }

  /// What is done with an artefact, on any thread.
  ///
  /// @param <T> what it comes to
  @FunctionalInterface
  public interface Work<T> {
    /// Works on an artefact.
    ///
    /// @param id as the index has it
    /// @param bytes the array belongs to others where the artefact is only a piece of it
    /// @param from where its bytes begin in the array
    /// @throws BundleException if they are not what they should be
    T of(Blob blob, CrateId id, byte[] bytes, int from);

    /// Returns how many bytes are in memory while a long artefact is worked on and waits to be
    /// taken.
    default long held(Blob blob) {
      return blob.length();
    }

    /// Works on an artefact that is long: on all of it in an array of its own, unless this is done
    /// otherwise.
    ///
    /// @param content ends with the artefact; to be read to its end
    /// @throws BundleException if it is not what it should be
    /// @throws IOException as the stream throws it
    default T ofLong(Blob blob, CrateId id, InputStream content) throws IOException {
      byte[] bytes = new byte[(int) blob.length()];
      // One that is too short has another digest.
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
  /// @param bundle its files are those that are read
  /// @param taker gets what work came to, in the order of the table, on the thread of whoever adds
  /// @throws BundleException `part-missing`; `part-damaged` where it is not as long as is signed;
  ///   `medium-read-failed`
  public static <T> PartInput<T> open(
      Inspection bundle, int number, Work<T> work, Consumer<T> taker) {
    String name = BundleFile.part(number);
    String place = bundle.place(name, BundleCode.PART_MISSING);
    Long length = bundle.files().lengths().get(place);
    if (length == null) {
      throw new BundleException(
          BundleCode.PART_MISSING,
          "cannot read '%s': it is not there; expected '%s'".formatted(name, place));
    }
    long signed = bundle.length(name, BundleCode.PART_MISSING);
    if (length != signed) {
      throw new BundleException(
          BundleCode.PART_DAMAGED,
          "cannot use '%s': expected %d bytes, found %d".formatted(name, signed, length));
    }
    return new PartInput<>(bundle, number, place, work, taker);
  }

  /// Adds the artefact that lies behind those that were added.
  ///
  /// @throws BundleException `part-damaged`; `blob-missing`, `blob-digest-mismatch`, `archive-...`,
  ///   `limit-exceeded` where the part is the one that was signed; as the work throws it
  /// @throws IOException as the stream throws it
  public void add(Blob blob, CrateId id) throws IOException {
    if (blob.length() > MOST_BLOB) {
      throw new BundleException(
          BundleCode.LIMIT_EXCEEDED,
          "cannot take %s: it has %d bytes, at most %d are taken"
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

  /// Has the artefacts read that lie behind each other.
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

  /// Reads a stream.
  private interface Reading<R> {
    R of(PartStream stream) throws IOException;
  }

  /// Reads on whichever thread works: its processor has the bytes at hand then.
  ///
  /// @param from where in the part
  private <R> R reading(long from, Reading<R> reading) throws IOException {
    PartStream stream = streamBefore(from);
    try {
      return reading.of(stream);
    } finally {
      giveBack(stream);
    }
  }

  /// Returns a stream that has not gone further: mostly all have not, since pieces are begun in
  /// their order, but a thread may rest between that and here.
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
        "cannot use %s from part %d: expected %d bytes, found an entry that is said to have %d"
            .formatted(item.id(), number, blob.length(), found.get().size()));
  }

  /// Waits for all work, and sees to it that the part ends here.
  ///
  /// @throws BundleException as [#add]; `blob-undeclared` where it does not
  /// @throws IOException as the stream throws it
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
            "cannot use part %d: the table does not know its entry %s"
                .formatted(number, more.get().name()));
      }
    } catch (BundleException e) {
      throw instead(e);
    }
  }

  private Optional<Ustar.Entry> behindAll(PartStream stream) throws IOException {
    int _ = stream.fill(end, 0);
    // One byte more than there is to be, so that it is seen.
    long rest = bundle.length(name, BundleCode.PART_MISSING) - end + 1;
    return new UstarReader(stream.next(rest), Ustar.Names.DIGESTS, name, end).next();
  }

  /// Returns what to refuse the part with after something was wrong within: that it is not the one
  /// that was signed, where it is not.
  private BundleException instead(BundleException found) throws IOException {
    try (SignedStream whole =
        SignedStream.open(bundle, name, BundleCode.PART_DAMAGED, BundleCode.PART_MISSING)) {
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
