package lazaret.storage.postgres;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.DownloadRecord;

/// The key of a row: a value for each column of the key. The order of keys is the same on all
/// nodes. They lock rows in this order, so that two commits rarely wait for each other.
///
/// @param parts texts, numbers and digests
record RowKey(List<Object> parts) implements Comparable<RowKey> {
  static RowKey of(Object... parts) {
    return new RowKey(List.of(parts));
  }

  static RowKey version(CrateName name, CrateVersion version) {
    return of(name.collisionKey(), version.text());
  }

  static RowKey verdict(CrateId id, Instant at) {
    return of(
        id.name().collisionKey(), id.version().text(), at.getEpochSecond(), (long) at.getNano());
  }

  static RowKey desk(DeskTable table, String key) {
    return of(table.code(), key);
  }

  static RowKey access(DownloadRecord access) {
    CrateId id = access.id();
    return of(
        access.day().toEpochDay(),
        id.name().collisionKey(),
        id.version().text(),
        id.cksum(),
        access.token(),
        access.address());
  }

  @Override
  public int compareTo(RowKey other) {
    for (int i = 0; i < parts.size(); i++) {
      Object theirs = other.parts.get(i);
      int order =
          switch (parts.get(i)) {
            case String text -> text.compareTo((String) theirs);
            case Long number -> number.compareTo((Long) theirs);
            case Sha256 digest -> digest.compareTo((Sha256) theirs);
            default -> throw new IllegalStateException("a key has another value");
          };
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
