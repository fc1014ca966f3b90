package lazaret.storage.rocks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import lazaret.storage.backup.BackupKind;
import lazaret.storage.backup.BackupWriter;
import lazaret.storage.record.HeldArtefact;
import lazaret.storage.record.LedgerRecord;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

/// Copies one state of all families but the tokens into a backup. The iterators of all families are
/// made in one step and see the same state, whatever is written meanwhile.
final class Backup {
  /// Families whose values go into the backup as they are.
  private static final Map<Family, BackupKind> PLAIN =
      new EnumMap<>(
          Map.of(
              Family.UPSTREAM, BackupKind.CRATE,
              Family.FRESHNESS, BackupKind.FRESHNESS,
              Family.VIEWS, BackupKind.VIEW,
              Family.FINDINGS, BackupKind.FINDINGS,
              Family.REQUESTS, BackupKind.REQUEST,
              Family.ACCESS, BackupKind.ACCESS));

  private static final List<Family> OTHERS =
      List.of(Family.META, Family.LEDGER, Family.HELD, Family.ARTEFACTS);

  private final BackupWriter to;
  private long sequence;
  private Sha256 hash = LedgerEntry.GENESIS;

  private Backup(BackupWriter to) {
    this.to = to;
  }

  static void write(Engine engine, BackupWriter to) {
    List<Family> families = new ArrayList<>(PLAIN.keySet());
    families.addAll(OTHERS);
    Map<Family, Walk> walks = new EnumMap<>(Family.class);
    List<Cursor> cursors = Cursor.over(engine, families);
    try {
      for (int i = 0; i < families.size(); i++) {
        walks.put(families.get(i), new Walk(cursors.get(i)));
      }
      new Backup(to).copy(walks);
    } finally {
      cursors.forEach(Cursor::close);
    }
  }

  private void copy(Map<Family, Walk> walks) {
    walk(walks, Family.META).forEach(this::meta);
    PLAIN.forEach(
        (family, kind) -> {
          boolean keyed = kind == BackupKind.FRESHNESS || kind == BackupKind.VIEW;
          walk(walks, family)
              .forEach(entry -> to.put(kind, keyed ? entry.key() : Keys.EMPTY, entry.value()));
        });
    walk(walks, Family.LEDGER).forEach(this::ledger);
    artefacts(walk(walks, Family.HELD), walk(walks, Family.ARTEFACTS));
    to.finish(sequence, hash);
  }

  private static Walk walk(Map<Family, Walk> walks, Family family) {
    Walk walk = walks.get(family);
    if (walk == null) {
      throw new IllegalStateException("no walk over " + family.label());
    }
    return walk;
  }

  private void meta(Cursor.Entry entry) {
    if (!Arrays.equals(entry.key(), Keys.SCHEMA)) {
      byte[] name = Bytes.utf8(Keys.metaName(entry.key())).array();
      to.put(BackupKind.META, name, entry.value());
    }
  }

  private void ledger(Cursor.Entry entry) {
    to.put(BackupKind.LEDGER, Keys.EMPTY, entry.value());
    LedgerEntry decoded = LedgerRecord.decode(entry.value());
    sequence = decoded.sequence();
    hash = decoded.hash();
  }

  /// Both families have the same keys in the same order.
  private void artefacts(Walk notes, Walk blobs) {
    notes.forEach(
        note -> {
          Cursor.Entry blob = blobs.peek();
          while (blob != null && Arrays.compareUnsigned(blob.key(), note.key()) < 0) {
            blobs.take();
            blob = blobs.peek();
          }
          if (blob != null && Arrays.equals(blob.key(), note.key())) {
            to.putArtefact(HeldArtefact.decode(note.value()).id(), Bytes.of(blob.value()));
          }
        });
  }

  /// A cursor's entries one by one.
  private static final class Walk {
    private final Cursor cursor;
    private final Queue<Cursor.Entry> chunk = new ArrayDeque<>();

    Walk(Cursor cursor) {
      this.cursor = cursor;
    }

    Cursor.@Nullable Entry peek() {
      if (chunk.isEmpty()) {
        chunk.addAll(cursor.next());
      }
      return chunk.peek();
    }

    void take() {
      chunk.poll();
    }

    void forEach(Consumer<Cursor.Entry> action) {
      for (Cursor.Entry entry = peek(); entry != null; entry = peek()) {
        action.accept(entry);
        take();
      }
    }
  }
}
