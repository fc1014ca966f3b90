package lazaret.storage.rocks;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import lazaret.storage.record.LedgerCodec;
import lazaret.storage.record.TokenCodec;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.ledger.Notice;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/// The removal of restored rows that give access although the ledger records their end. Not
/// thread-safe.
///
/// @param open the database
/// @param findings the lists that receive what was removed
record AccessRepair(OpenDatabase open, RowRepair.Findings findings) {
  /// Removes restored tokens that the ledger records as revoked.
  void dropRevokedTokens() throws RocksDBException {
    Map<String, Instant> revoked = new HashMap<>();
    try (RocksIterator all = open.db.newIterator(open.handle(ColumnFamily.LEDGER), open.scan)) {
      for (all.seekToFirst(); all.isValid(); all.next()) {
        if (LedgerCodec.decode(all.value()).event() instanceof Notice notice
            && notice.kind() == Notice.Kind.TOKEN_REVOKED) {
          revoked.put(withoutReason(notice.detail()), notice.at());
        }
      }
      all.status();
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
}
