package lazaret.storage.rocks;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import lazaret.storage.record.FreshnessCodec;
import lazaret.storage.record.LedgerCodec;
import lazaret.storage.record.SnapshotCrateCodec;
import lazaret.storage.record.StoredArtifact;
import lazaret.storage.record.StoredCrateCodec;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.RunningOperation;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.index.Validators;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/// The rows that a repair restores, makes again or drops in a database that can be opened. Not
/// thread-safe.
final class RowRepair {
  /// The families whose older rows must not be restored, because they describe how current other
  /// rows are.
  private static final Set<ColumnFamily> NEVER =
      EnumSet.of(ColumnFamily.VIEWS, ColumnFamily.FRESHNESS);

  /// The families that are fetched or made again.
  private static final Set<ColumnFamily> AGAIN =
      EnumSet.of(
          ColumnFamily.UPSTREAM,
          ColumnFamily.FRESHNESS,
          ColumnFamily.VIEWS,
          ColumnFamily.ARTIFACTS,
          ColumnFamily.CARRIED,
          ColumnFamily.HELD,
          ColumnFamily.FINDINGS,
          ColumnFamily.SUMMARIES,
          ColumnFamily.COUNTS,
          ColumnFamily.USES,
          ColumnFamily.SNAPSHOT_LEAVES);

  private static final int MAX_NAMED = 20;
  private static final byte[] AFTER_ALL = new byte[64];

  static {
    Arrays.fill(AFTER_ALL, (byte) 0xFF);
  }

  private final OpenDatabase open;
  private final Clock clock;
  private final Findings findings;

  RowRepair(OpenDatabase open, Clock clock, Findings findings) {
    this.open = open;
    this.clock = clock;
    this.findings = findings;
  }

  /// The lists that a repair reports.
  record Findings(List<String> repaired, List<String> dropped, List<String> lost) {}

  /// Restores the rows of a table that is not part of the database.
  ///
  /// @param newer whether its rows replace those of the database
  /// @return the number of readable rows
  long restore(Path table, boolean newer) throws RocksDBException {
    return DamagedTables.read(table, (family, key, value) -> restore(family, key, value, newer));
  }

  private void restore(ColumnFamily family, byte[] key, byte[] value, boolean newer)
      throws RocksDBException {
    boolean proves = family == ColumnFamily.ARTIFACTS || family == ColumnFamily.CARRIED;
    // A value that does not match its digest is a reference to a blob, or damaged.
    boolean usable = proves ? isArtifact(key, value) : !NEVER.contains(family);
    if (usable && (newer || get(family, key) == null)) {
      put(family, key, value);
    }
  }

  private static boolean isArtifact(byte[] key, byte[] value) {
    return key.length == Sha256.LENGTH && Sha256.of(Bytes.of(value)).equals(Sha256.fromDigest(key));
  }

  /// Reports a table that was dropped.
  ///
  /// @param restored the number of its rows that were restored
  void report(DamagedTables.Table table, long restored) {
    // RocksDB does not know the number of rows of a table that cannot be opened.
    boolean whole = table.entries() > 0 && restored >= table.entries();
    String text =
        "%s %s (%s): %d rows of %s were restored"
            .formatted(
                table.name(),
                table.why(),
                table.keys(),
                restored,
                table.entries() > 0 ? Long.toString(table.entries()) : "an unknown number");
    switch (table.family()) {
      case ColumnFamily f when AGAIN.contains(f) ->
          findings.dropped().add(text + ", the others are fetched or made again");
      // The copy of the ledger has them; [#restoreLedger] names the entries that it lacks.
      case LEDGER, DECISIONS ->
          findings.repaired().add(text + ", the others come from the journal of the ledger");
      default -> {
        if (whole) {
          findings.repaired().add(text);
        } else {
          findings.lost().add(text);
        }
      }
    }
  }

  /// Restores the bytes of an artifact whose metadata exists.
  void restoreArtifact(byte[] key, byte[] value) {
    try {
      if (get(ColumnFamily.ARTIFACTS, key) == null) {
        put(ColumnFamily.ARTIFACTS, key, value);
      }
    } catch (RocksDBException e) {
      throw StoreFailures.of("repair", Path.of(open.db.getName()), e);
    }
  }

  /// Restores the entries of the ledger that the database lacks, and the decisions of all entries.
  ///
  /// @return whether anything was restored
  boolean restoreLedger(LedgerCopy copy) throws RocksDBException {
    long[] restored = new long[3];
    long before = end();
    long end =
        lastSequence(
            copy,
            entry -> {
              try {
                byte[] key = RowKeys.sequence(entry.sequence());
                byte[] wanted = LedgerCodec.encode(entry);
                if (!Arrays.equals(wanted, get(ColumnFamily.LEDGER, key))) {
                  put(ColumnFamily.LEDGER, key, wanted);
                  restored[0]++;
                  restored[2] =
                      restored[2] == 0 && entry.sequence() > before
                          ? entry.sequence()
                          : restored[2];
                }
              } catch (RocksDBException e) {
                throw StoreFailures.of("repair", Path.of(open.db.getName()), e);
              }
            });
    if (restored[0] > 0) {
      findings
          .repaired()
          .add(
              "%d entries of the ledger were restored from its journal, which ends with entry %d"
                  .formatted(restored[0], end));
    }
    if (restored[0] > 0 && restored[2] > 0) {
      findings
          .lost()
          .add(
              "what was written after entry %d of the ledger and is not in it, for example requests, tokens and feeds"
                  .formatted(restored[2] - 1));
    }
    restored[1] = followLedger();
    if (restored[1] > 0) {
      findings.repaired().add(restored[1] + " decisions were restored from the ledger");
    }
    return restored[0] + restored[1] > 0;
  }

  /// Returns the sequence of the last entry in the database; 0 if there is none.
  private long end() throws RocksDBException {
    try (RocksIterator all = open.db.newIterator(open.handle(ColumnFamily.LEDGER), open.scan)) {
      all.seekToLast();
      all.status();
      return all.isValid() ? RowKeys.sequenceAtEnd(all.key()) : 0;
    }
  }

  private static long lastSequence(LedgerCopy copy, Consumer<LedgerEntry> action) {
    copy.read(action);
    return copy.last().map(LedgerEntry::sequence).orElse(0L);
  }

  /// Restores the decisions by crate from the ledger, and names the entries that are missing.
  private long followLedger() throws RocksDBException {
    long restored = 0;
    long expected = 1;
    Sha256 previous = LedgerEntry.GENESIS;
    try (RocksIterator all = open.db.newIterator(open.handle(ColumnFamily.LEDGER), open.scan)) {
      for (all.seekToFirst(); all.isValid(); all.next()) {
        LedgerEntry entry;
        try {
          entry = LedgerCodec.decode(all.value());
        } catch (StoreException | MalformedException _) {
          continue;
        }
        if (entry.sequence() > expected) {
          findings.lost().add("ledger entries " + expected + " to " + (entry.sequence() - 1));
        } else if (!entry.previous().equals(previous)) {
          findings.lost().add("the chain of the ledger before entry " + entry.sequence());
        }
        expected = entry.sequence() + 1;
        previous = entry.hash();
        if (entry.event() instanceof Decision decision) {
          byte[] key = RowKeys.decision(decision.id(), entry.sequence());
          byte[] wanted = LedgerCodec.encodeDecision(entry.encoded());
          if (!Arrays.equals(wanted, get(ColumnFamily.DECISIONS, key))) {
            put(ColumnFamily.DECISIONS, key, wanted);
            restored++;
          }
        }
      }
      all.status();
    }
    return restored;
  }

  /// Makes or removes the data that depends on dropped or restored rows.
  ///
  /// @param touched the families whose tables were dropped
  /// @param ledger whether decisions were restored
  void makeAgain(Set<ColumnFamily> touched, boolean ledger) throws RocksDBException {
    if (ledger || !touched.isEmpty()) {
      // A view that is older than a decision would show a version that was denied since. Summaries
      // are made with views.
      for (ColumnFamily family : List.of(ColumnFamily.VIEWS, ColumnFamily.SUMMARIES)) {
        open.db.deleteRange(open.handle(family), open.relaxed, RowKeys.EMPTY, AFTER_ALL);
      }
    }
    // The next opening counts the existing rows again.
    open.db.deleteRange(open.handle(ColumnFamily.COUNTS), open.relaxed, RowKeys.EMPTY, AFTER_ALL);
    if (touched.contains(ColumnFamily.UPSTREAM) || touched.contains(ColumnFamily.FRESHNESS)) {
      askAgain();
    }
    if (touched.contains(ColumnFamily.SNAPSHOT_CRATES)
        || touched.contains(ColumnFamily.SNAPSHOT_LEAVES)) {
      makeLeaves();
    }
    if (ledger || touched.contains(ColumnFamily.TOKENS)) {
      new AccessRepair(open, findings).dropRevokedTokens();
    }
    if (ledger || touched.contains(ColumnFamily.DESK)) {
      new AccessRepair(open, findings).dropRemovedPersons();
      new NameRepair(open, findings).restoreNames();
    }
    if (touched.contains(ColumnFamily.HELD)) {
      noteArtifacts();
    }
  }

  /// Marks every index file as never confirmed by upstream.
  private void askAgain() throws RocksDBException {
    byte[] never =
        FreshnessCodec.encode(new Freshness(Validators.NONE, clock.instant(), Instant.EPOCH));
    try (RocksIterator all = open.db.newIterator(open.handle(ColumnFamily.UPSTREAM), open.scan)) {
      for (all.seekToFirst(); all.isValid(); all.next()) {
        put(ColumnFamily.FRESHNESS, all.key(), never);
      }
      all.status();
    }
  }

  private void makeLeaves() throws RocksDBException {
    try (RocksIterator all =
        open.db.newIterator(open.handle(ColumnFamily.SNAPSHOT_CRATES), open.scan)) {
      for (all.seekToFirst(); all.isValid(); all.next()) {
        put(
            ColumnFamily.SNAPSHOT_LEAVES,
            all.key(),
            SnapshotCrateCodec.encodeLeaf(SnapshotCrateCodec.decode(all.value())));
      }
      all.status();
    }
  }

  /// Writes the missing metadata of stored artifacts that index lines name.
  private void noteArtifacts() throws RocksDBException {
    try (RocksIterator all = open.db.newIterator(open.handle(ColumnFamily.UPSTREAM), open.scan)) {
      for (all.seekToFirst(); all.isValid(); all.next()) {
        StoredCrate crate = StoredCrateCodec.decode(all.value());
        for (StoredLine line : crate.lines()) {
          CrateId id = line.entry().id();
          byte[] key = RowKeys.sha256(id.cksum());
          byte[] bytes = get(ColumnFamily.HELD, key) == null ? bytes(key) : null;
          if (bytes != null) {
            put(ColumnFamily.HELD, key, new StoredArtifact(id, bytes.length).encode());
          }
        }
      }
      all.status();
    }
  }

  /// Hashes every artifact that is recorded as stored, and drops those whose bytes are missing or
  /// wrong.
  void checkArtifacts(Set<ColumnFamily> touched) throws RocksDBException {
    List<String> missing = new ArrayList<>();
    RunningOperation operation = RunningOperation.current();
    operation.begin("artifacts", 0);
    try (RocksIterator all = open.db.newIterator(open.handle(ColumnFamily.HELD), open.scan)) {
      for (all.seekToFirst(); all.isValid(); all.next()) {
        operation.step();
        byte[] key = all.key();
        byte[] bytes = bytes(key);
        if (bytes == null || !Sha256.of(Bytes.of(bytes)).equals(Sha256.fromDigest(key))) {
          missing.add(name(all.value()));
          for (ColumnFamily family :
              List.of(ColumnFamily.ARTIFACTS, ColumnFamily.CARRIED, ColumnFamily.HELD)) {
            open.db.delete(open.handle(family), open.relaxed, key);
          }
        }
      }
      all.status();
    }
    if (!missing.isEmpty()) {
      String named = String.join(", ", missing.subList(0, Math.min(MAX_NAMED, missing.size())));
      findings
          .dropped()
          .add(
              "%d artifacts, fetched again when they are asked for, and lost if no upstream or bundle has them: %s%s"
                  .formatted(missing.size(), named, missing.size() > MAX_NAMED ? ", ..." : ""));
    }
  }

  private static String name(byte[] note) {
    try {
      CrateId id = StoredArtifact.decode(note).id();
      return id.name().published() + "@" + id.version().text();
    } catch (StoreException | MalformedException _) {
      return "(unreadable note)";
    }
  }

  private byte @Nullable [] bytes(byte[] key) throws RocksDBException {
    byte[] blob = getOrNull(ColumnFamily.ARTIFACTS, key);
    return blob != null ? blob : getOrNull(ColumnFamily.CARRIED, key);
  }

  /// Returns a value; null if it is missing or damaged.
  private byte @Nullable [] getOrNull(ColumnFamily family, byte[] key) throws RocksDBException {
    try {
      return open.db.get(open.handle(family), open.fromDisk, key);
    } catch (RocksDBException e) {
      if (StoreFailures.isDamage(e)) {
        return null;
      }
      throw e;
    }
  }

  private byte @Nullable [] get(ColumnFamily family, byte[] key) throws RocksDBException {
    return getOrNull(family, key);
  }

  private void put(ColumnFamily family, byte[] key, byte[] value) throws RocksDBException {
    open.db.put(open.handle(family), open.relaxed, key, value);
  }
}
