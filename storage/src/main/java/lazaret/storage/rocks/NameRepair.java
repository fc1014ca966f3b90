package lazaret.storage.rocks;

import java.util.HashSet;
import java.util.Set;
import lazaret.storage.record.LedgerCodec;
import lazaret.storage.record.MetaCodec;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.json.JsonWriter;
import lazaret.vetting.ledger.Notice;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/// The restoring of private names and of the numbers of their versions, whose rows were lost, from
/// the ledger. Otherwise the names were public again, and the numbers free. Not thread-safe.
///
/// @param open the database
/// @param findings the lists that receive what was restored
record NameRepair(OpenDatabase open, RowRepair.Findings findings) {
  /// Restores the rows that are missing. A name that a bundle brought comes back with the next one.
  void restoreNames() throws RocksDBException {
    Set<String> seen = new HashSet<>();
    long restored = 0;
    long numbers = 0;
    try (RocksIterator all = open.db.newIterator(open.handle(ColumnFamily.LEDGER), open.scan)) {
      for (all.seekToFirst(); all.isValid(); all.next()) {
        if (LedgerCodec.decode(all.value()).event() instanceof Notice notice
            && (notice.kind() == Notice.Kind.VERSION_PUBLISHED
                || notice.kind() == Notice.Kind.VERSION_DELETED)) {
          CrateName name = notice.name();
          if (name != null && seen.add(name.collisionKey()) && isRestored(name, notice)) {
            restored++;
          }
          if (name != null && isNumberRestored(name, notice)) {
            numbers++;
          }
        }
      }
      all.status();
    }
    if (restored > 0) {
      findings.repaired().add(restored + " private names were restored from the ledger");
    }
    if (numbers > 0) {
      findings
          .repaired()
          .add(
              numbers
                  + " numbers of lost private versions were restored from the ledger; those that"
                  + " were not deleted can be published again with the same archive");
    }
  }

  /// Writes the row of a name, and returns false if there is one.
  private boolean isRestored(CrateName name, Notice first) throws RocksDBException {
    byte[] key = RowKeys.desk(DeskTable.NAMES, name.collisionKey());
    if (has(key)) {
      return false;
    }
    put(key, row(name, first));
    return true;
  }

  private boolean has(byte[] key) throws RocksDBException {
    return open.db.get(open.handle(ColumnFamily.DESK), open.fromDisk, key) != null;
  }

  private void put(byte[] key, Bytes document) throws RocksDBException {
    open.db.put(open.handle(ColumnFamily.DESK), open.relaxed, key, MetaCodec.encode(document));
  }

  /// Writes the row of the number of a version whose own row is missing, and returns false if there
  /// is one of either kind.
  private boolean isNumberRestored(CrateName name, Notice notice) throws RocksDBException {
    String version = notice.version();
    if (version == null) {
      return false;
    }
    String key = name.collisionKey() + '/' + CrateVersion.parse(version).withoutBuild().text();
    if (has(RowKeys.desk(DeskTable.PUBLICATIONS, key))) {
      return false;
    }
    byte[] number = RowKeys.desk(DeskTable.PUBLICATIONS, '~' + key);
    boolean isNew = !has(number);
    if (isNew || notice.kind() == Notice.Kind.VERSION_DELETED) {
      put(number, number(notice));
    }
    return isNew;
  }

  /// Returns the row in the form of `PublicationCodec`. That of a deleted version names no archive.
  private static Bytes number(Notice notice) {
    return JsonWriter.object(row -> row.put("format", 1).put("cksum", cksum(notice)));
  }

  private static @Nullable String cksum(Notice notice) {
    String hex = notice.detail().substring(notice.detail().indexOf(' ') + 1);
    return notice.kind() == Notice.Kind.VERSION_PUBLISHED && Sha256.isValid(hex) ? hex : null;
  }

  /// Returns the row in the form of `PublicationCodec`, which this module does not see.
  private static Bytes row(CrateName name, Notice first) {
    return JsonWriter.object(
        row ->
            row.put("format", 1)
                .put("name", name.published())
                .put("since", first.at())
                .put("by", first.by())
                .put("from", "here"));
  }
}
