package lazaret.storage.rocks;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lazaret.storage.record.LedgerCodec;
import lazaret.storage.record.MetaCodec;
import lazaret.storage.record.TokenCodec;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.json.JsonLimits;
import lazaret.vetting.json.RecordCodec;
import lazaret.vetting.json.UnknownFields;
import lazaret.vetting.ledger.Notice;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/// The removal of restored rows that give access although the ledger records their end. Not
/// thread-safe.
///
/// @param open the database
/// @param findings the lists that receive what was removed
record AccessRepair(OpenDatabase open, RowRepair.Findings findings) {
  private static final RecordCodec DOCUMENTS =
      RecordCodec.of(
          List.of(),
          new JsonLimits(DeskRow.MAX_VALUE, 8, 10_000),
          UnknownFields.IGNORED,
          "the stored document");

  /// Removes restored tokens that the ledger records as revoked.
  void dropRevokedTokens() throws RocksDBException {
    Map<String, Instant> revoked = new HashMap<>();
    for (Map.Entry<String, Instant> each : noticed(Notice.Kind.TOKEN_REVOKED).entrySet()) {
      revoked.merge(withoutReason(each.getKey()), each.getValue(), AccessRepair::later);
    }
    try (RocksIterator all = open.db.newIterator(open.handle(ColumnFamily.TOKENS), open.scan)) {
      for (all.seekToFirst(); all.isValid(); all.next()) {
        Token token = TokenCodec.decode(all.value());
        Instant at = revoked.get("token '" + token.name() + "'");
        // A token that replaced the revoked one can have the time of the revocation.
        if (at != null && token.created().isBefore(at)) {
          open.db.delete(open.handle(ColumnFamily.TOKENS), open.relaxed, all.key());
          findings.repaired().add("token '" + token.name() + "' stays revoked");
        }
      }
      all.status();
    }
  }

  /// Returns the detail of a revocation without the reason after the name, as in `token 'a': why`.
  private static String withoutReason(String detail) {
    int name = detail.indexOf("': ");
    return name < 0 ? detail : detail.substring(0, name + 1);
  }

  /// Removes restored persons that the ledger records as removed. A person of the same name who
  /// signed in first after the removal stays.
  void dropRemovedPersons() throws RocksDBException {
    for (Map.Entry<String, Instant> each : noticed(Notice.Kind.PERSON_REMOVED).entrySet()) {
      String name = person(each.getKey());
      byte[] key = RowKeys.desk(DeskTable.PEOPLE, name.toLowerCase(Locale.ROOT));
      byte[] row = open.db.get(open.handle(ColumnFamily.DESK), open.fromDisk, key);
      if (row != null && !firstSignIn(row).isAfter(each.getValue())) {
        open.db.delete(open.handle(ColumnFamily.DESK), open.relaxed, key);
        findings.repaired().add("person '" + name + "' stays removed");
      }
    }
  }

  /// Returns the name in the detail of a removal, as in `person 'ann' of https://id.example`.
  private static String person(String detail) {
    int start = detail.indexOf('\'') + 1;
    int end = detail.indexOf('\'', start);
    return end < 0 ? detail : detail.substring(start, end);
  }

  /// Returns the time of the first sign-in of a person; the earliest one if the row has none.
  private static Instant firstSignIn(byte[] row) {
    String text = DOCUMENTS.text(MetaCodec.decode(row), "first_sign_in");
    return text == null ? Instant.MIN : Instant.parse(text);
  }

  /// Returns the details of the notices of a kind, each with the time of the latest one.
  private Map<String, Instant> noticed(Notice.Kind kind) throws RocksDBException {
    Map<String, Instant> found = new HashMap<>();
    try (RocksIterator all = open.db.newIterator(open.handle(ColumnFamily.LEDGER), open.scan)) {
      for (all.seekToFirst(); all.isValid(); all.next()) {
        if (LedgerCodec.decode(all.value()).event() instanceof Notice notice
            && notice.kind() == kind) {
          found.merge(notice.detail(), notice.at(), AccessRepair::later);
        }
      }
      all.status();
    }
    return found;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
