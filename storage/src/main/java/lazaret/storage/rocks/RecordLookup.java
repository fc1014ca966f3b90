package lazaret.storage.rocks;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import lazaret.storage.record.DownloadRecordCodec;
import lazaret.storage.record.FindingsCodec;
import lazaret.storage.record.LedgerCodec;
import lazaret.storage.record.RequestCodec;
import lazaret.storage.record.StoredArtifact;
import lazaret.storage.record.TokenCodec;
import lazaret.storage.record.ViewCodec;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.DownloadRecord;
import lazaret.vetting.gate.store.QueuedRequest;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.index.IndexView;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/// The reads of the store. Data in memory is read on the caller's thread. Only reads from the disk
/// are handed to another thread, because the handover alone costs more than a small response
/// (docs/measurements.md, *Blocking reads*). Thread-safe.
final class RecordLookup {
  /// The values that one virtual thread decodes at a time, within a chunk of the cursor. It takes
  /// less than a millisecond, since requests of clients wait for the same processors.
  private static final int DECODED_TOGETHER = 32;

  private static final int DECODED_AHEAD = 2;

  private final DatabaseGuard engine;
  private final DiskExecutor readers;

  RecordLookup(DatabaseGuard engine, DiskExecutor readers) {
    this.engine = engine;
    this.readers = readers;
  }

  /// The result of a lookup in memory.
  private sealed interface Recalled {
    /// The value, or null if the key does not exist.
    @SuppressWarnings("ArrayRecordComponent") // decoded at once, never compared
    record Known(byte @Nullable [] value) implements Recalled {}

    /// The value is not in memory.
    record Unknown() implements Recalled {}
  }

  /// Finds a record.
  <T> Optional<T> find(ColumnFamily family, byte[] key, Function<byte[], T> decode) {
    if (!Thread.currentThread().isVirtual()) {
      // A platform thread reads from the disk itself, so that memory need not be tried first.
      return fromDisk(family, key).map(decode);
    }
    Optional<byte[]> found =
        switch (recall(family, key)) {
          case Recalled.Known(var value) -> Optional.ofNullable(value);
          case Recalled.Unknown() -> readers.run(() -> fromDisk(family, key));
        };
    return found.map(decode);
  }

  private Recalled recall(ColumnFamily family, byte[] key) {
    return engine.use(
        "read",
        open -> {
          try {
            return new Recalled.Known(open.db.get(open.handle(family), open.fromMemory, key));
          } catch (RocksDBException e) {
            if (StoreFailures.isNotInMemory(e)) {
              return new Recalled.Unknown();
            }
            throw e;
          }
        });
  }

  private Optional<byte[]> fromDisk(ColumnFamily family, byte[] key) {
    return engine.use(
        "read", open -> Optional.ofNullable(open.db.get(open.handle(family), open.fromDisk, key)));
  }

  /// Finds the bytes of an artifact, copied once. RocksDB verifies its own checksums.
  Optional<byte[]> artifact(byte[] key) {
    return readers.run(
        () -> Optional.ofNullable(engine.useForArtifact(open -> ArtifactRead.checked(open, key))));
  }

  /// Finds the bytes of an artifact if they have the CRC-32C of its record. Damage of any kind
  /// counts as absence here; [#artifact] reports it.
  Optional<byte[]> unchangedArtifact(byte[] key) {
    try {
      return find(ColumnFamily.HELD, key, StoredArtifact::decode)
          .filter(StoredArtifact::hasChecksum)
          .flatMap(held -> unchanged(key, held));
    } catch (StoreException e) {
      if (e.code() != ErrorCode.STORE_CORRUPT) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private Optional<byte[]> unchanged(byte[] key, StoredArtifact held) {
    return readers.run(
        () ->
            Optional.ofNullable(
                engine.useForArtifact(open -> ArtifactRead.unchanged(open, key, held))));
  }

  /// Finds the length of an artifact in its record.
  OptionalLong artifactBytes(byte[] key) {
    return find(ColumnFamily.HELD, key, StoredArtifact::decode).stream()
        .mapToLong(StoredArtifact::bytes)
        .findFirst();
  }

  /// Finds the version of an artifact in its record.
  Optional<CrateId> artifactId(byte[] key) {
    return find(ColumnFamily.HELD, key, data -> StoredArtifact.decode(data).id());
  }

  Optional<IndexView> view(byte[] key) {
    return find(ColumnFamily.VIEWS, key, data -> ViewCodec.decode(data, data.length));
  }

  /// Finds the findings of the bytes with a SHA-256. Findings in an old form count as absent.
  Optional<Findings> findings(Sha256 cksum) {
    return find(ColumnFamily.FINDINGS, RowKeys.sha256(cksum), FindingsCodec::decode)
        .flatMap(found -> found);
  }

  Optional<QueuedRequest> request(byte[] key) {
    return find(ColumnFamily.REQUESTS, key, RequestCodec::decode);
  }

  Optional<LedgerEntry> ledgerHead() {
    return readers
        .run(() -> Optional.ofNullable(engine.use("read", RecordLookup::last)))
        .map(LedgerCodec::decode);
  }

  private static byte @Nullable [] last(OpenDatabase open) throws RocksDBException {
    try (RocksIterator iterator =
        open.db.newIterator(open.handle(ColumnFamily.LEDGER), open.fromDisk)) {
      iterator.seekToLast();
      iterator.status();
      return iterator.isValid() ? iterator.value() : null;
    }
  }

  /// Streams records whose keys have a prefix, from a key on.
  <T> Stream<T> stream(
      ColumnFamily family, byte[] prefix, byte[] from, Function<PrefixCursor.Entry, T> decode) {
    PrefixCursor cursor = readers.run(() -> PrefixCursor.over(engine, family, prefix, from));
    return StreamSupport.stream(new Walk(cursor), false).onClose(cursor::close).map(decode);
  }

  /// Streams a whole family.
  <T> Stream<T> stream(ColumnFamily family, Function<PrefixCursor.Entry, T> decode) {
    return stream(family, RowKeys.EMPTY, RowKeys.EMPTY, decode);
  }

  /// Streams the values of a family.
  <T> Stream<T> values(ColumnFamily family, Function<byte[], T> decode) {
    return stream(family, entry -> decode.apply(entry.value()));
  }

  /// Streams the values of a family, which virtual threads decode a few pieces ahead of the caller.
  /// A failure of one value ends the stream before the other values of its piece.
  <T> Stream<T> decodedAhead(ColumnFamily family, Function<byte[], T> decode) {
    PrefixCursor cursor =
        readers.run(() -> PrefixCursor.over(engine, family, RowKeys.EMPTY, RowKeys.EMPTY));
    return StreamSupport.stream(new Chunks(cursor), false)
        .onClose(cursor::close)
        .flatMap(chunk -> chunk.stream().gather(Gatherers.windowFixed(DECODED_TOGETHER)))
        .gather(Gatherers.mapConcurrent(DECODED_AHEAD, piece -> decoded(piece, decode)))
        .flatMap(List::stream);
  }

  private static <T> List<T> decoded(List<PrefixCursor.Entry> piece, Function<byte[], T> decode) {
    return piece.stream().map(entry -> decode.apply(entry.value())).toList();
  }

  /// Lists the values whose keys have a prefix.
  <T> List<T> list(ColumnFamily family, byte[] prefix, Function<byte[], T> decode) {
    try (var found = stream(family, prefix, prefix, entry -> decode.apply(entry.value()))) {
      return found.toList();
    }
  }

  /// Streams the collision keys of crates in ascending order.
  ///
  /// @param from the least key; empty for all
  Stream<String> names(String from) {
    return stream(
        ColumnFamily.FRESHNESS,
        RowKeys.EMPTY,
        from.getBytes(StandardCharsets.US_ASCII),
        entry -> new String(entry.key(), StandardCharsets.US_ASCII));
  }

  /// Streams the names of small values in ascending order, without the store's own keys.
  Stream<String> metaNames() {
    byte[] first = RowKeys.meta("");
    return stream(ColumnFamily.META, first, first, entry -> RowKeys.metaName(entry.key()));
  }

  /// Streams the digests of artifacts in ascending order.
  ///
  /// @param from the least digest
  Stream<Sha256> artifacts(Sha256 from) {
    return stream(
        ColumnFamily.HELD,
        RowKeys.EMPTY,
        RowKeys.sha256(from),
        entry -> Sha256.fromDigest(entry.key()));
  }

  /// Passes the downloads of a version on, from the latest day on. Keys begin with the day, so that
  /// the days are found one by one, and the rows of other versions are skipped.
  void accesses(CrateName name, CrateVersion version, Store.DownloadListener listener) {
    var _ = readers.run(() -> engine.use("read", open -> accesses(open, name, version, listener)));
  }

  /// Returns the number of records that were passed on.
  private static long accesses(
      OpenDatabase open, CrateName name, CrateVersion version, Store.DownloadListener listener)
      throws RocksDBException {
    long found = 0;
    try (RocksIterator rows =
        open.db.newIterator(open.handle(ColumnFamily.ACCESS), open.fromDisk)) {
      rows.seekToLast();
      boolean more = true;
      while (more && rows.isValid()) {
        LocalDate day = RowKeys.day(rows.key());
        byte[] prefix = RowKeys.accesses(day, name, version);
        rows.seek(prefix);
        while (more && rows.isValid() && RowKeys.startsWith(rows.key(), prefix)) {
          more = listener.downloaded(DownloadRecordCodec.decode(rows.value()));
          found++;
          rows.next();
        }
        // The keys of the day are longer, and follow this one.
        rows.seekForPrev(RowKeys.day(day));
      }
      rows.status();
    }
    return found;
  }

  /// Streams the downloads whose keys have a prefix.
  Stream<DownloadRecord> accesses(byte[] prefix) {
    return stream(
        ColumnFamily.ACCESS, prefix, prefix, entry -> DownloadRecordCodec.decode(entry.value()));
  }

  /// Lists the tokens, the oldest first.
  List<Token> tokens() {
    return list(ColumnFamily.TOKENS, RowKeys.EMPTY, TokenCodec::decode).stream()
        .sorted(Comparator.comparing(Token::created).thenComparing(Token::name))
        .toList();
  }

  /// Lists the decisions on a crate in the order of the ledger.
  List<Decision> decisions(CrateName name) {
    byte[] prefix = RowKeys.cratePrefix(name);
    record Numbered(long sequence, Decision decision) {}
    try (var found =
        stream(
            ColumnFamily.DECISIONS,
            prefix,
            prefix,
            entry ->
                new Numbered(
                    RowKeys.sequenceAtEnd(entry.key()),
                    LedgerCodec.decodeDecision(entry.value())))) {
      return found
          .sorted(Comparator.comparingLong(Numbered::sequence))
          .map(Numbered::decision)
          .toList();
    }
  }

  /// Streams the ledger after a sequence number.
  Stream<LedgerEntry> ledger(long after) {
    return stream(
        ColumnFamily.LEDGER,
        RowKeys.EMPTY,
        RowKeys.sequence(after + 1),
        entry -> LedgerCodec.decode(entry.value()));
  }

  /// A spliterator over the chunks of a cursor.
  private final class Chunks extends Spliterators.AbstractSpliterator<List<PrefixCursor.Entry>> {
    private final PrefixCursor cursor;

    Chunks(PrefixCursor cursor) {
      super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
      this.cursor = cursor;
    }

    @Override
    public boolean tryAdvance(Consumer<? super List<PrefixCursor.Entry>> action) {
      List<PrefixCursor.Entry> chunk = readers.run(cursor::next);
      if (chunk.isEmpty()) {
        return false;
      }
      action.accept(chunk);
      return true;
    }
  }

  /// A spliterator over the entries of a cursor.
  private final class Walk extends Spliterators.AbstractSpliterator<PrefixCursor.Entry> {
    private final PrefixCursor cursor;
    private List<PrefixCursor.Entry> chunk = List.of();
    private int at;

    Walk(PrefixCursor cursor) {
      super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
      this.cursor = cursor;
    }

    @Override
    public boolean tryAdvance(Consumer<? super PrefixCursor.Entry> action) {
      if (at == chunk.size()) {
        chunk = readers.run(cursor::next);
        at = 0;
      }
      if (chunk.isEmpty()) {
        return false;
      }
      action.accept(chunk.get(at++));
      return true;
    }
  }
}
