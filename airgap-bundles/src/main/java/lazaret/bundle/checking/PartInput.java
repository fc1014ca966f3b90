package lazaret.bundle.checking;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.format.Blob;
import lazaret.bundle.format.BundleFile;
import lazaret.bundle.format.InOrder;
import lazaret.bundle.format.Ustar;
import lazaret.bundle.format.UstarReader;
import lazaret.vetting.Bytes;
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
  /// The largest artefact that is taken: each is in memory whole.
  public static final int MOST_BLOB = 64 << 20;

  /// How many bytes are read at once, unless an artefact is longer.
  private static final int PIECE = 256 << 10;

  private static final int AHEAD = 8 << 20;

  private final Inspection bundle;
  private final int number;
  private final String name;
  private final Work<T> work;
  private final Consumer<T> taker;
  private final InputStream in;
  private final UstarReader archive;
  private final InOrder<List<T>> ahead = new InOrder<>(AHEAD);

  /// No more than there are threads that work.
  private final Deque<byte[]> buffers = new ConcurrentLinkedDeque<>();

  private final Object turns = new Object();

  // Guarded by turns, as is the archive until all pieces are taken.
  private long turn;

  private long pieces;
  private List<Item> next = new ArrayList<>();
  private int nextLength;

  private PartInput(
      Inspection bundle, int number, Work<T> work, Consumer<T> taker, InputStream in) {
    this.bundle = bundle;
    this.number = number;
    this.name = BundleFile.part(number);
    this.work = work;
    this.taker = taker;
    this.in = in;
    this.archive = new UstarReader(in, Ustar.Names.DIGESTS, name);
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
    return new PartInput<>(bundle, number, work, taker, bundle.files().open(place));
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
    long place = pieces++;
    ahead.add(PIECE, () -> piece(place, items, length));
    next = new ArrayList<>();
    nextLength = 0;
    takeAhead();
  }

  private void readAlone(Item item) throws IOException {
    read();
    long place = pieces++;
    ahead.add(item.blob().length(), () -> alone(place, item));
    takeAhead();
  }

  private void takeAhead() throws IOException {
    while (ahead.isFull()) {
      ahead.take().forEach(taker);
    }
  }

  /// Reads the stream.
  private interface Reading<R> {
    R read() throws IOException;
  }

  /// Reads when everything before it has been read: each piece is read by whoever works on it,
  /// whose processor has it at hand then. Pieces are begun in their order, so none waits for one
  /// that waits.
  private <R> R inTurn(long place, Reading<R> reading) throws IOException {
    synchronized (turns) {
      try {
        while (turn != place) {
          turns.wait();
        }
        return reading.read();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("reading was given up", e);
      } finally {
        turn = place + 1;
        turns.notifyAll();
      }
    }
  }

  private List<T> piece(long place, List<Item> items, int length) throws IOException {
    byte[] buffer = Optional.ofNullable(buffers.poll()).orElseGet(() -> new byte[PIECE]);
    int read = inTurn(place, () -> archive.entries(buffer, length));
    List<T> found = new ArrayList<>(items.size());
    int at = 0;
    for (Item item : items) {
      Blob blob = item.blob();
      int end = at + (int) Ustar.length(blob.length());
      if (end > read || !Ustar.lies(item.entry(), buffer, at)) {
        throw wrong(item, Ustar.entry(buffer, at, read, Ustar.Names.DIGESTS, name));
      }
      found.add(work.of(blob, item.id(), buffer, at + Ustar.BLOCK));
      at = end;
    }
    buffers.push(buffer);
    return found;
  }

  private List<T> alone(long place, Item item) throws IOException {
    Bytes content =
        inTurn(
            place,
            () -> {
              Optional<Ustar.Entry> entry = archive.next();
              if (!entry.equals(Optional.of(item.entry()))) {
                throw wrong(item, entry);
              }
              return archive.content(MOST_BLOB);
            });
    return List.of(work.of(item.blob(), item.id(), content.array(), 0));
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
      Optional<Ustar.Entry> more = archive.next();
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
    try (ahead) {
      in.close();
    }
  }
}
