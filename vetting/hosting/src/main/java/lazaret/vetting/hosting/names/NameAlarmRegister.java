package lazaret.vetting.hosting.names;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.hosting.record.RaisedAlarm;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;

/// A register of alarms about names that other parts of the gate append to the ledger alone. It
/// stores each of them, so that a person can acknowledge it. Thread-safe; blocks.
public final class NameAlarmRegister {
  /// The maximum number of stored alarms of one kind. A client can make up versions, and reserved
  /// names in lockfiles.
  static final int MAX_STORED = 1_000;

  private static final int PAGE = 1_000;

  private static final Set<Notice.Kind> KINDS =
      Set.of(
          Notice.Kind.PRIVATE_NAME_STOPPED,
          Notice.Kind.PRIVATE_NAME_PUBLIC,
          Notice.Kind.PRIVATE_NAME_IN_PUBLIC_SOURCE,
          Notice.Kind.TWO_ORIGINS);

  /// The kinds of what happens again and again: each occurrence after an acknowledgment is open.
  private static final Set<Notice.Kind> REPEATED =
      Set.of(Notice.Kind.PRIVATE_NAME_STOPPED, Notice.Kind.PRIVATE_NAME_IN_PUBLIC_SOURCE);

  private final Store store;

  /// Creates a register. All those of a store continue at the same entry.
  public NameAlarmRegister(Store store) {
    this.store = store;
  }

  /// Stores the alarms of the entries that were appended since the last call.
  ///
  /// @throws lazaret.vetting.LazaretException if the store fails; the next call reads these entries
  ///   again
  public void collect() {
    boolean more = true;
    while (more) {
      more = store.serially(PrivateNameAlarm.SCOPE, this::readPage);
    }
  }

  private boolean readPage() {
    long reached =
        store
            .meta(MetaKey.NAME_ALARMS_REACHED)
            .map(value -> Long.parseLong(value.text()))
            .orElse(0L);
    List<LedgerEntry> page;
    try (Stream<LedgerEntry> entries = store.ledger(reached)) {
      page = entries.limit(PAGE).toList();
    }
    if (page.isEmpty()) {
      return false;
    }
    AlarmChanges changes = new AlarmChanges();
    for (LedgerEntry entry : page) {
      if (entry.event() instanceof Notice notice && KINDS.contains(notice.kind())) {
        changes.add(notice);
      }
    }
    List<Batch.Write> writes = new ArrayList<>(changes.writes.values());
    writes.add(
        new Batch.Write.PutMeta(
            MetaKey.NAME_ALARMS_REACHED, Bytes.utf8(Long.toString(page.getLast().sequence()))));
    var _ = store.commit(Batch.synced(writes));
    return page.size() == PAGE;
  }

  /// The changes of stored alarms by a part of the ledger.
  private final class AlarmChanges {
    private final Map<Notice.Kind, Map<String, RaisedAlarm>> stored =
        new EnumMap<>(Notice.Kind.class);

    /// One change of a row at most, by its key.
    private final Map<String, Batch.Write> writes = new LinkedHashMap<>();

    /// Adds an occurrence, unless its alarm is open or closed permanently.
    void add(Notice notice) {
      CrateName name = notice.name();
      if (name == null) {
        return;
      }
      String version = notice.version();
      RaisedAlarm seen =
          new RaisedAlarm(
              notice.kind(), name, version == null ? "" : version, notice.at(), null, null);
      Map<String, RaisedAlarm> alarms =
          stored.computeIfAbsent(notice.kind(), NameAlarmRegister.this::alarms);
      RaisedAlarm before = alarms.get(seen.key());
      if (before == null ? hasRoom(alarms) : isOver(before, notice)) {
        alarms.put(seen.key(), seen);
        writes.put(seen.key(), PrivateNameAlarm.row(seen));
      }
    }

    /// Returns whether one more alarm can be stored, and removes an acknowledged one if it must. If
    /// all are open, the ledger alone has the next one, and the health warns of the others.
    private boolean hasRoom(Map<String, RaisedAlarm> alarms) {
      if (alarms.size() < MAX_STORED) {
        return true;
      }
      RaisedAlarm old =
          alarms.values().stream().filter(NameAlarmRegister::isRemovable).findFirst().orElse(null);
      if (old == null) {
        return false;
      }
      alarms.remove(old.key());
      writes.put(old.key(), new Batch.Write.DropDeskRow(DeskTable.ACKNOWLEDGED, old.key()));
      return true;
    }
  }

  private Map<String, RaisedAlarm> alarms(Notice.Kind kind) {
    Map<String, RaisedAlarm> alarms = new LinkedHashMap<>();
    try (Stream<DeskRow> rows =
        store.deskRows().list(DeskTable.ACKNOWLEDGED, RaisedAlarm.prefix(kind))) {
      rows.forEach(row -> alarms.put(row.key(), RaisedAlarm.decode(row)));
    }
    return alarms;
  }

  /// Returns whether a notice is about what happened after the acknowledgment of its alarm.
  private static boolean isOver(RaisedAlarm before, Notice notice) {
    return REPEATED.contains(notice.kind())
        && before.acknowledged() != null
        && notice.at().isAfter(before.acknowledged());
  }

  /// Returns whether an alarm would be stored again at its next occurrence. The others are raised
  /// by comparisons, which a stored alarm ends.
  private static boolean isRemovable(RaisedAlarm alarm) {
    return alarm.acknowledged() != null
        && (REPEATED.contains(alarm.kind()) || !alarm.about().isEmpty());
  }
}
