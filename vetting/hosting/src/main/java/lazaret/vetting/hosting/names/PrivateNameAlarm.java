package lazaret.vetting.hosting.names;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.vetting.LazaretException;
import lazaret.vetting.advisory.Advisory;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.WriteScope;
import lazaret.vetting.hosting.record.RaisedAlarm;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.origin.NameOrigin;
import lazaret.vetting.origin.NameOrigins;

/// The alarms about names of private crates that are public elsewhere, or nearly left the site.
/// Thread-safe; blocks.
public final class PrivateNameAlarm {
  private static final System.Logger LOG = System.getLogger(PrivateNameAlarm.class.getName());

  /// The least time between two alarms about stopped requests for one name.
  private static final Duration PAUSE = Duration.ofHours(1);

  /// The maximum number of names whose stopped requests raise alarms in that time.
  private static final int MOST_NAMES = 1_000;

  /// The stored alarms, which are read and then replaced.
  static final WriteScope SCOPE = new WriteScope("name-alarms");

  private final Store store;
  private final NameOrigins origins;
  private final Clock clock;

  // guarded by itself
  private final Map<String, Instant> stopped = new HashMap<>();

  /// Creates the alarms of a store.
  ///
  /// @param origins the origins of names
  public PrivateNameAlarm(Store store, NameOrigins origins, Clock clock) {
    this.store = store;
    this.origins = origins;
    this.clock = clock;
  }

  /// Raises the alarm that a request with a private name was not sent, at most once an hour for a
  /// name. A failure of the store is logged, so that the request is refused nevertheless.
  public void stopped(CrateName name) {
    Instant now = clock.instant();
    if (!isDue(name, now)) {
      return;
    }
    Notice notice =
        notice(
            Notice.Kind.PRIVATE_NAME_STOPPED,
            now,
            name,
            "expected no request to another machine with the name of a private crate, found one;"
                + " it was not sent, report it as a mistake of this program");
    try {
      var _ = store.commit(Batch.synced(List.of(new Batch.Write.Append(notice))));
    } catch (LazaretException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "a request with the private name {0} was not sent; the ledger does not have it: {1}",
          name,
          e.getMessage());
    }
  }

  private boolean isDue(CrateName name, Instant now) {
    synchronized (stopped) {
      stopped.values().removeIf(at -> Duration.between(at, now).compareTo(PAUSE) >= 0);
      return stopped.size() < MOST_NAMES && stopped.putIfAbsent(name.collisionKey(), now) == null;
    }
  }

  /// Compares a name of the public registry's full list with the private and reserved ones. The
  /// alarm is raised once for a name.
  ///
  /// @throws LazaretException if the store fails
  public void listed(CrateName name) {
    if (origins.of(name) != NameOrigin.PUBLIC) {
      once(
          Notice.Kind.PRIVATE_NAME_PUBLIC,
          name,
          "",
          "expected no public crate with a private or reserved name, found one in the list of all"
              + " names; nothing of it is fetched or served here");
    }
  }

  /// Compares the stored crates with the reserved names. The alarm is raised once for a crate that
  /// upstream had before its name was reserved.
  ///
  /// @throws LazaretException if the store fails
  public void compareStored() {
    List<CrateName> reserved;
    try (Stream<String> keys = store.names()) {
      reserved =
          keys.map(CrateName::parse)
              .filter(name -> origins.of(name) == NameOrigin.RESERVED)
              .filter(name -> store.crate(name).isPresent())
              .toList();
    }
    for (CrateName name : reserved) {
      once(
          Notice.Kind.TWO_ORIGINS,
          name,
          "",
          "expected a reserved name without a crate, found a stored public one; it is neither"
              + " served nor refreshed, unless private.public-exceptions has its name");
    }
  }

  /// Compares the crates of public advisories with the private and reserved names. The alarm is
  /// raised once for an advisory, which does not apply.
  ///
  /// @param feeds the feeds in force; the operator's own ones mean private crates
  /// @throws LazaretException if the store fails
  public void compareAdvisories(List<Feed> feeds) {
    for (Feed feed : feeds) {
      if (feed.info().format() != FeedFormat.LOCAL) {
        feed.advisories().forEach(this::compare);
      }
    }
  }

  private void compare(Advisory advisory) {
    CrateName name = advisory.crate();
    if (name != null && !advisory.withdrawn() && origins.of(name) != NameOrigin.PUBLIC) {
      once(
          Notice.Kind.PRIVATE_NAME_ADVISED,
          name,
          advisory.id(),
          ("expected no public advisory with a private name, found %s, which means another crate;"
                  + " it does not apply, deny the version if it is meant")
              .formatted(advisory.id()));
    }
  }

  private void once(Notice.Kind kind, CrateName name, String about, String detail) {
    RaisedAlarm alarm = new RaisedAlarm(kind, name, about, clock.instant(), null, null);
    if (store.deskRows().find(DeskTable.ACKNOWLEDGED, alarm.key()).isPresent()) {
      return;
    }
    var _ =
        store.commit(
            Batch.synced(
                List.of(
                    row(alarm),
                    new Batch.Write.Append(notice(kind, alarm.raised(), name, detail)))));
  }

  /// Returns the write that stores an alarm.
  static Batch.Write row(RaisedAlarm alarm) {
    return new Batch.Write.PutDeskRow(
        new DeskRow(DeskTable.ACKNOWLEDGED, alarm.key(), alarm.encode()));
  }

  /// Returns the alarms that were raised: first those that are not acknowledged, each by kind and
  /// name.
  ///
  /// @param after the [RaisedAlarm#position] after which the list begins; empty for all
  /// @param most the maximum number
  public List<RaisedAlarm> raised(String after, int most) {
    List<RaisedAlarm> all = new ArrayList<>(raised(true, after, most));
    if (all.size() < most) {
      all.addAll(raised(false, after, most - all.size()));
    }
    return all;
  }

  private List<RaisedAlarm> raised(boolean open, String after, long most) {
    try (Stream<DeskRow> rows = store.deskRows().list(DeskTable.ACKNOWLEDGED, "")) {
      return rows.map(RaisedAlarm::decode)
          .filter(each -> (each.acknowledged() == null) == open)
          .filter(each -> each.position().compareTo(after) > 0)
          .limit(most)
          .toList();
    }
  }

  /// Returns the number of alarms that are not acknowledged. It reads all alarms.
  public long open() {
    return raised(true, "", Long.MAX_VALUE).size();
  }

  /// Returns the number of all alarms. It reads all of them.
  public long total() {
    try (Stream<DeskRow> rows = store.deskRows().list(DeskTable.ACKNOWLEDGED, "")) {
      return rows.count();
    }
  }

  /// Finds an alarm.
  ///
  /// @param about the id of an advisory, a version, or empty
  public Optional<RaisedAlarm> find(Notice.Kind kind, CrateName name, String about) {
    String key = RaisedAlarm.key(kind, name, about);
    return store
        .deskRows()
        .find(DeskTable.ACKNOWLEDGED, key)
        .map(value -> RaisedAlarm.decode(new DeskRow(DeskTable.ACKNOWLEDGED, key, value)));
  }

  /// Records that a person looked at alarms, in one step. The first one counts.
  ///
  /// @param by the person
  /// @return the alarms as they are stored now, each once
  public List<RaisedAlarm> acknowledge(List<RaisedAlarm> alarms, String by) {
    return store.serially(
        SCOPE,
        () -> {
          Map<String, RaisedAlarm> all = new LinkedHashMap<>();
          List<Batch.Write> writes = new ArrayList<>();
          for (RaisedAlarm alarm : alarms) {
            if (!all.containsKey(alarm.key())) {
              RaisedAlarm stored = find(alarm.kind(), alarm.name(), alarm.about()).orElse(alarm);
              RaisedAlarm seen = stored.seen(by, clock.instant());
              all.put(alarm.key(), seen);
              if (!seen.equals(stored)) {
                writes.add(row(seen));
              }
            }
          }
          if (!writes.isEmpty()) {
            var _ = store.commit(Batch.synced(writes));
          }
          return List.copyOf(all.values());
        });
  }

  private static Notice notice(Notice.Kind kind, Instant at, CrateName name, String detail) {
    return new Notice(kind, at, Notice.GATE, name, null, detail);
  }
}
