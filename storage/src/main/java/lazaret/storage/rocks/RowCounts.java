package lazaret.storage.rocks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import lazaret.vetting.Bytes;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import org.jspecify.annotations.Nullable;

/// The numbers of rows of the families that reports show, kept in the database. Each batch adds the
/// rows that it makes and subtracts those that it drops, atomically with them, so that a crash
/// cannot separate the two. Writers of the same row take turns, because its existence must not
/// change before it is written. Writers of different rows rarely wait for each other. Thread-safe.
final class RowCounts {
  private static final List<ColumnFamily> COUNTED =
      List.of(ColumnFamily.FRESHNESS, ColumnFamily.HELD, ColumnFamily.REQUESTS);

  private static final System.Logger LOG = System.getLogger(RowCounts.class.getName());

  private static final int STRIPES = 256;

  private final DatabaseGuard engine;
  private final RecordLookup lookups;
  private final ReentrantLock[] turns = new ReentrantLock[STRIPES];

  RowCounts(DatabaseGuard engine, RecordLookup lookups) {
    this.engine = engine;
    this.lookups = lookups;
    for (int i = 0; i < STRIPES; i++) {
      turns[i] = new ReentrantLock();
    }
  }

  /// A row that is counted.
  private record Row(ColumnFamily family, Bytes key) {
    int stripe() {
      int hash = hashCode();
      return (hash ^ (hash >>> 16)) & (STRIPES - 1);
    }
  }

  /// Returns a number in the form of RocksDB's own sum operator: eight bytes, the lowest first;
  /// negative ones wrap.
  static byte[] sum(long number) {
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array();
  }

  private static long number(byte[] sum) {
    return sum.length == Long.BYTES
        ? ByteBuffer.wrap(sum).order(ByteOrder.LITTLE_ENDIAN).getLong()
        : 0;
  }

  /// Counts the families that a database of an earlier version does not count yet.
  void begin() {
    for (ColumnFamily family : COUNTED) {
      if (lookups.find(ColumnFamily.COUNTS, family.labelBytes(), bytes -> bytes).isEmpty()) {
        var _ = countable(family);
      }
    }
  }

  Store.Counts read() {
    return new Store.Counts(
        read(ColumnFamily.FRESHNESS), read(ColumnFamily.HELD), read(ColumnFamily.REQUESTS));
  }

  private long read(ColumnFamily family) {
    long kept =
        lookups.find(ColumnFamily.COUNTS, family.labelBytes(), RowCounts::number).orElse(0L);
    return Math.max(0, kept);
  }

  /// Writes changes together with the differences that they make to the counts.
  ///
  /// @param writer applies changes atomically
  void write(List<KeyChange> changes, Consumer<List<KeyChange>> writer) {
    List<Row> rows = new ArrayList<>();
    for (KeyChange change : changes) {
      switch (change) {
        case KeyChange.Put(var family, var key, _) -> add(family, key, rows);
        case KeyChange.Delete(var family, var key) -> add(family, key, rows);
        case KeyChange.Add _, KeyChange.Clear _ -> {}
      }
    }
    if (rows.isEmpty()) {
      writer.accept(changes);
      return;
    }
    BitSet stripes = new BitSet(STRIPES);
    rows.forEach(row -> stripes.set(row.stripe()));
    // Always in ascending order, so that two writers cannot deadlock.
    stripes.stream().forEach(stripe -> turns[stripe].lock());
    try {
      List<KeyChange> counted = new ArrayList<>(changes);
      counted.addAll(differences(changes));
      writer.accept(counted);
    } finally {
      stripes.stream().forEach(stripe -> turns[stripe].unlock());
    }
  }

  private static void add(ColumnFamily family, byte[] key, List<Row> rows) {
    if (COUNTED.contains(family)) {
      rows.add(new Row(family, Bytes.of(key)));
    }
  }

  private List<KeyChange> differences(List<KeyChange> changes) {
    Map<Row, Boolean> there = new HashMap<>();
    Map<ColumnFamily, Long> more = new HashMap<>();
    for (KeyChange change : changes) {
      switch (change) {
        case KeyChange.Put(var family, var key, _) -> step(family, key, true, there, more);
        case KeyChange.Delete(var family, var key) -> step(family, key, false, there, more);
        case KeyChange.Add _, KeyChange.Clear _ -> {}
      }
    }
    List<KeyChange> differences = new ArrayList<>();
    more.forEach(
        (family, added) -> {
          if (added != 0) {
            differences.add(new KeyChange.Add(family.labelBytes(), added));
          }
        });
    return differences;
  }

  private void step(
      ColumnFamily family,
      byte[] key,
      boolean put,
      Map<Row, Boolean> there,
      Map<ColumnFamily, Long> more) {
    if (!COUNTED.contains(family)) {
      return;
    }
    Row row = new Row(family, Bytes.of(key));
    boolean before = there.computeIfAbsent(row, _ -> isThere(family, key));
    if (before != put) {
      more.merge(family, put ? 1L : -1L, Long::sum);
      there.put(row, put);
    }
  }

  private boolean isThere(ColumnFamily family, byte[] key) {
    return engine.use("read", open -> open.db.get(open.handle(family), open.fromDisk, key) != null);
  }

  /// Counts all rows and corrects wrong counts.
  ///
  /// @return one sentence for each count that was wrong
  List<String> check() {
    List<String> faults = new ArrayList<>();
    for (ColumnFamily family : COUNTED) {
      Difference found = countable(family);
      if (found != null && found.kept() != found.counted()) {
        faults.add(
            "the count of family %s was %d, and there are %d rows; it is right now"
                .formatted(family.label(), found.kept(), found.counted()));
      }
    }
    return faults;
  }

  /// Corrects the count of a family; null if its rows cannot be read. The check of records names
  /// unreadable rows.
  private @Nullable Difference countable(ColumnFamily family) {
    try {
      return correct(family);
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.DEBUG, "a family is not counted: {0}", e.getMessage());
      return null;
    }
  }

  /// The count that was stored and the count of the rows.
  private record Difference(long kept, long counted) {}

  /// Corrects the count of a family. The state is taken while all writers wait; the count then runs
  /// in parallel with them, because the correction is added as a difference.
  private Difference correct(ColumnFamily family) {
    for (ReentrantLock turn : turns) {
      turn.lock();
    }
    long kept;
    PrefixCursor cursor;
    try {
      kept = lookups.find(ColumnFamily.COUNTS, family.labelBytes(), RowCounts::number).orElse(0L);
      cursor = PrefixCursor.over(engine, family, RowKeys.EMPTY, RowKeys.EMPTY);
    } finally {
      for (ReentrantLock turn : turns) {
        turn.unlock();
      }
    }
    long counted = 0;
    try (cursor) {
      for (int rows = cursor.skip(); rows > 0; rows = cursor.skip()) {
        counted += rows;
      }
    }
    engine.write(List.of(new KeyChange.Add(family.labelBytes(), counted - kept)));
    return new Difference(kept, counted);
  }
}
